import { init, use } from "echarts/core";
import { BarChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { expect, test } from "vitest";
import { columnsPlot } from "./columns-plot.ts";
import { Sheet, WIDTH } from "./sheet.ts";

use([BarChart, GridComponent, SVGRenderer]);

/** What is drawn of these labels. */
function drawn(labels: readonly string[], isRightToLeft: boolean): readonly string[] {
  const sheet = new Sheet(isRightToLeft);
  const plot = columnsPlot(sheet, { labels, number: String, top: 0, height: 400, parts: 3 });
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: 500 });
  try {
    chart.setOption({ animation: false, ...plot, series: [{ type: "bar", data: labels.map(() => 7) }] });
    const svg = chart.renderToSVGString();
    return labels.filter((label) => svg.includes(`>${sheet.set(label)}<`));
  } finally {
    chart.dispose();
  }
}

test.each([
  [false, "November"],
  [true, "اردیبهشت"],
])(
  "the first column says when it was, and so does every so manieth after it; from right to left: %s",
  (way, month) => {
    for (const count of [1, 4, 8, 12, 30]) {
      const labels = Array.from({ length: count }, (_, index) => `${index + 1} ${month}`);
      const every = Math.ceil(count / 4);
      expect([count, drawn(labels, way)]).toEqual([count, labels.filter((_, index) => index % every === 0)]);
    }
  },
);
