/** Columns over time: the scale beside them and the moments below them, as every picture of them has it. Pure. */
import { ink } from "./palette.ts";
import type { Sheet } from "./sheet.ts";
import { MARGIN } from "./sheet.ts";

const SMALL = 30;
/** Room beside the columns for the numbers of their scale. */
const SCALE = 120;

export interface ColumnsPlot {
  /** What stands below each column. */
  readonly labels: readonly string[];
  /** A number of the scale, in the reader's digits. */
  readonly number: (count: number) => string;
  readonly top: number;
  readonly height: number;
  /** About how many parts the scale has. */
  readonly parts: number;
}

/** Moments below columns, of which there are too many for each to have one. */
const MOST_LABELS = 4;

export function columnsPlot(sheet: Sheet, { labels, number, top, height, parts }: ColumnsPlot) {
  const { isRightToLeft } = sheet;
  const label = { color: ink.soft, fontSize: SMALL, fontFamily: "Vazirmatn" };
  const every = Math.max(1, Math.ceil(labels.length / MOST_LABELS));
  const beside = isRightToLeft ? { left: MARGIN, right: SCALE } : { left: SCALE, right: MARGIN };
  return {
    grid: { ...beside, top, height },
    xAxis: {
      type: "category",
      inverse: isRightToLeft,
      data: labels.map((one) => sheet.set(one)),
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: ink.soft } },
      axisLabel: {
        ...label,
        margin: 16,
        hideOverlap: false,
        // All are shown and most are empty: else the first goes wherever letters that are not Latin are taken for too wide.
        interval: 0,
        formatter: (text: string, index: number) => (index % every === 0 ? text : ""),
      },
    },
    yAxis: {
      type: "value",
      position: isRightToLeft ? "right" : "left",
      minInterval: 1,
      splitNumber: parts,
      splitLine: { lineStyle: { color: ink.line, width: 2 } },
      axisLabel: { ...label, formatter: (count: number) => number(Math.abs(count)) },
    },
  };
}
