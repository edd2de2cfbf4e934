/** Lays a report out as a chart: outcomes as one bar, columns over time, a bar for each account. Pure. */
import type { EChartsCoreOption } from "echarts/core";
import type { ReportPicture } from "../app/report/report-picture.ts";
import type { AttemptCounts, AttemptEnd } from "../domain/report/attempts.ts";
import { columnsPlot } from "./columns-plot.ts";
import { attemptEnds } from "../domain/report/attempts.ts";
import { ink, stateColours } from "./palette.ts";
import { MARGIN, Sheet, WIDTH } from "./sheet.ts";

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsCoreOption;
}

const HEADING = 44;
const BODY = 34;
const SMALL = 30;
const BAR_HEIGHT = 56;
const ROW_HEIGHT = 62;
const COLUMNS_HEIGHT = 330;
const ACCOUNT_HEIGHT = 100;

/** What a part of the chart adds to it. */
interface Plot {
  readonly grid: object;
  readonly xAxis: object;
  readonly yAxis: object;
  readonly series: readonly object[];
}

export function reportChart(picture: ReportPicture): LaidOut {
  const sheet = new Sheet(picture.isRightToLeft);
  const plots: Plot[] = [];
  let y = head(sheet, picture);
  y = outcomes(sheet, plots, picture, y);
  y = overTime(sheet, plots, picture, y);
  y = accounts(sheet, plots, picture, y);
  return {
    width: WIDTH,
    height: y + MARGIN,
    option: {
      animation: false,
      backgroundColor: ink.ground,
      textStyle: { fontFamily: "Vazirmatn" },
      graphic: sheet.elements,
      grid: plots.map(({ grid }) => grid),
      xAxis: plots.map(({ xAxis }, gridIndex) => ({ ...xAxis, gridIndex })),
      yAxis: plots.map(({ yAxis }, gridIndex) => ({ ...yAxis, gridIndex })),
      series: plots.flatMap(({ series }, index) =>
        series.map((one) => ({ ...one, type: "bar", silent: true, xAxisIndex: index, yAxisIndex: index })),
      ),
    },
  };
}

function head(sheet: Sheet, { title, name, period }: ReportPicture): number {
  sheet.say({ text: title, y: 84, size: 40, colour: ink.soft });
  sheet.say({ text: name, y: 148, size: 56, isBold: true });
  sheet.say({ text: period, y: 212, size: BODY, colour: ink.soft });
  return 262;
}

const hidden = { show: false } as const;

function outcomes(
  sheet: Sheet,
  plots: Plot[],
  { outcomes: { title, parts } }: ReportPicture,
  top: number,
): number {
  sheet.say({ text: title, y: top + 30, size: HEADING, isBold: true });
  const bar = top + 76;
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  plots.push({
    grid: { left: MARGIN, right: MARGIN, top: bar, height: BAR_HEIGHT },
    xAxis: { ...hidden, type: "value", min: 0, max: Math.max(1, total), inverse: sheet.isRightToLeft },
    yAxis: { ...hidden, type: "category", data: [""] },
    series: parts.map(({ state, count }) => ({
      stack: "outcomes",
      barWidth: BAR_HEIGHT,
      data: [count],
      itemStyle: { color: stateColours[state], borderColor: ink.ground, borderWidth: count > 0 ? 2 : 0 },
    })),
  });
  const first = bar + BAR_HEIGHT + 52;
  for (const [index, { state, label, value }] of parts.entries()) {
    const y = first + index * ROW_HEIGHT;
    sheet.dot(MARGIN, y, stateColours[state]);
    sheet.say({ text: label, y, from: MARGIN + 46, size: BODY });
    sheet.say({ text: value, y, from: WIDTH - MARGIN, size: BODY, isBold: true, endsThere: true });
  }
  return first + parts.length * ROW_HEIGHT + 18;
}

function stacked(counts: readonly AttemptCounts[], stack: string, more: object): object[] {
  return attemptEnds.map((end: AttemptEnd) => ({
    stack,
    ...more,
    data: counts.map((one) => one[end]),
    itemStyle: { color: stateColours[end] },
  }));
}

function overTime(sheet: Sheet, plots: Plot[], { overTime: shown }: ReportPicture, top: number): number {
  const { title, note, columns, number } = shown;
  sheet.say({ text: title, y: top + 30, size: HEADING, isBold: true });
  sheet.say({ text: note, y: top + 84, size: SMALL, colour: ink.soft });
  if (columns.length === 0) return top + 140;
  const labels = columns.map(({ label }) => label);
  plots.push({
    ...columnsPlot(sheet, { labels, number, top: top + 132, height: COLUMNS_HEIGHT, parts: 3 }),
    series: stacked(
      columns.map(({ counts }) => counts),
      "time",
      { barCategoryGap: "18%" },
    ),
  });
  return top + 132 + COLUMNS_HEIGHT + 92;
}

function accounts(sheet: Sheet, plots: Plot[], { accounts: shown }: ReportPicture, top: number): number {
  const { title, rows, more } = shown;
  if (rows.length === 0) return top;
  sheet.say({ text: title, y: top + 30, size: HEADING, isBold: true });
  const first = top + 76;
  for (const [index, { name, value }] of rows.entries()) {
    const y = first + index * ACCOUNT_HEIGHT + 24;
    sheet.say({ text: name, y, size: BODY });
    sheet.say({ text: value, y, from: WIDTH - MARGIN, size: BODY, isBold: true, endsThere: true });
  }
  plots.push({
    // The bar of each row stands below its words.
    grid: { left: MARGIN, right: MARGIN, top: first + 20, height: rows.length * ACCOUNT_HEIGHT },
    xAxis: { ...hidden, type: "value", min: 0, max: "dataMax", inverse: sheet.isRightToLeft },
    yAxis: { ...hidden, type: "category", inverse: true, data: rows.map(({ name }) => name) },
    series: stacked(
      rows.map(({ counts }) => counts),
      "accounts",
      { barWidth: 26 },
    ),
  });
  const end = first + rows.length * ACCOUNT_HEIGHT;
  if (more !== undefined) sheet.say({ text: more, y: end + 24, size: SMALL, colour: ink.soft });
  return more === undefined ? end : end + 56;
}
