/** Lays growth out as a chart: who joined as columns upwards, who left as columns downwards, then the links. Pure. */
import type { GrowthPicture } from "../app/growth/growth-picture.ts";
import type { GrowthKind } from "../domain/people/growth.ts";
import { growthKinds } from "../domain/people/growth.ts";
import { columnsPlot } from "./columns-plot.ts";
import { growthColours, ink } from "./palette.ts";
import type { LaidOut } from "./report-chart.ts";
import { MARGIN, Sheet, WIDTH } from "./sheet.ts";

const HEADING = 44;
const BODY = 34;
const SMALL = 30;
const ROW_HEIGHT = 62;
const COLUMNS_HEIGHT = 420;

export function growthChart(picture: GrowthPicture): LaidOut {
  const sheet = new Sheet(picture.isRightToLeft);
  const { overTime } = picture;
  const top = head(sheet, picture);
  sheet.say({ text: overTime.title, y: top + 30, size: HEADING, isBold: true });
  sheet.say({ text: overTime.note, y: top + 84, size: SMALL, colour: ink.soft });
  const columns = top + 132;
  const height = sources(sheet, picture, columns + COLUMNS_HEIGHT + 92);
  return {
    width: WIDTH,
    height: height + MARGIN,
    option: {
      animation: false,
      backgroundColor: ink.ground,
      textStyle: { fontFamily: "Vazirmatn" },
      graphic: sheet.elements,
      ...columnsOf(sheet, picture, columns),
    },
  };
}

function head(sheet: Sheet, { title, standing, period, kinds }: GrowthPicture): number {
  sheet.say({ text: title, y: 84, size: 40, colour: ink.soft });
  sheet.say({ text: standing, y: 148, size: 56, isBold: true });
  sheet.say({ text: period, y: 212, size: BODY, colour: ink.soft });
  for (const [index, { kind, label, value }] of kinds.entries()) {
    const y = 290 + index * ROW_HEIGHT;
    sheet.dot(MARGIN, y, growthColours[kind]);
    sheet.say({ text: label, y, from: MARGIN + 46, size: BODY });
    sheet.say({ text: value, y, from: WIDTH - MARGIN, size: BODY, isBold: true, endsThere: true });
  }
  return 290 + kinds.length * ROW_HEIGHT;
}

function columnsOf(sheet: Sheet, { overTime: { columns, number } }: GrowthPicture, top: number): object {
  const data = (kind: GrowthKind) => columns.map((one) => (kind === "joined" ? one[kind] : -one[kind]));
  const labels = columns.map(({ label }) => label);
  return {
    ...columnsPlot(sheet, { labels, number, top, height: COLUMNS_HEIGHT, parts: 4 }),
    series: growthKinds.map((kind) => ({
      type: "bar",
      silent: true,
      stack: "growth",
      barCategoryGap: "18%",
      data: data(kind),
      itemStyle: { color: growthColours[kind] },
    })),
  };
}

function sources(sheet: Sheet, { sources: { title, rows, more } }: GrowthPicture, top: number): number {
  if (rows.length === 0) return top;
  sheet.say({ text: title, y: top + 30, size: HEADING, isBold: true });
  for (const [index, { name, value }] of rows.entries()) {
    const y = top + 100 + index * ROW_HEIGHT;
    sheet.say({ text: name, y, size: BODY });
    sheet.say({ text: value, y, from: WIDTH - MARGIN, size: SMALL, endsThere: true });
  }
  const end = top + 100 + rows.length * ROW_HEIGHT;
  if (more !== undefined) sheet.say({ text: more, y: end + 10, size: SMALL, colour: ink.soft });
  return more === undefined ? end : end + 46;
}
