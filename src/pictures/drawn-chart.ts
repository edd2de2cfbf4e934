/**
 * Makes a picture of a chart. What draws is loaded when the first picture is asked for; laying the chart out takes some
 * milliseconds, and making points of it happens on another thread, so sending goes on meanwhile.
 */
import { createRequire } from "node:module";
import type { LaidOut } from "./report-chart.ts";

/** As a PNG. */
export async function drawnChart(chart: LaidOut): Promise<Uint8Array> {
  const svg = await svgOf(chart);
  const { renderAsync } = await import("@resvg/resvg-js");
  const drawn = await renderAsync(svg, {
    font: { fontFiles: typefaces(), loadSystemFonts: false, defaultFontFamily: "Vazirmatn" },
  });
  return drawn.asPng();
}

/** A chart that is not disposed of keeps the process alive. */
async function svgOf({ width, height, option }: LaidOut): Promise<string> {
  const [{ init, use }, { BarChart }, { GridComponent, GraphicComponent }, { SVGRenderer }] =
    await Promise.all([
      import("echarts/core"),
      import("echarts/charts"),
      import("echarts/components"),
      import("echarts/renderers"),
    ]);
  use([BarChart, GridComponent, GraphicComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function typefaces(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ["Regular", "Bold"].map((weight) => resolve(`vazirmatn/fonts/ttf/Vazirmatn-${weight}.ttf`));
}
