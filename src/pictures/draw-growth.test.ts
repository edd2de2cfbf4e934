import { expect, test } from "vitest";
import type { Growth } from "../domain/people/growth.ts";
import { growthPicture } from "../words/growth-picture.ts";
import { createLexicon } from "../words/words.ts";
import { drawGrowth } from "./draw-growth.ts";
import { growthChart } from "./growth-chart.ts";

const AT = Date.UTC(2026, 10, 28, 5, 30);
const DAY = 86_400_000;
const lexicon = createLexicon({
  timeZone: "Asia/Tehran",
  clock: { now: () => AT, sleep: () => Promise.resolve() },
});
const counts = { joined: 1150, left: 40, blocked: 12, gone: 1 };
const growth: Growth = {
  from: AT - 2 * DAY,
  until: AT,
  stepDays: 1,
  steps: [AT - 2 * DAY, AT - DAY, AT].map((from) => ({ from, ...counts, standing: 900 })),
  sources: [
    { source: "poster", ...counts, standing: 700 },
    { ...counts, standing: 200 },
  ],
  ...counts,
  standing: 900,
};

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test("in Persian growth is read from the right, in Persian digits and by the Solar Hijri calendar", () => {
  const { option } = growthChart(growthPicture(growth, lexicon.fa));
  const said = textsIn(option).map((text) => text.replaceAll(/[\u2067\u2069]/g, ""));
  expect(said.join("\n")).toContain("۷ آذر ۱۴۰۵");
  expect(said).toContain("۹۰۰ مشترک");
  expect(said).toContain("۱٬۱۵۰");
  expect(option).toMatchObject({ xAxis: { inverse: true }, yAxis: { position: "right" } });
});

test("in English it is read from the left; joining stands above the line, leaving below it", () => {
  const { option } = growthChart(growthPicture(growth, lexicon.en));
  expect(option).toMatchObject({
    xAxis: { inverse: false },
    yAxis: { position: "left" },
    series: [{ data: [1150, 1150, 1150] }, { data: [-40, -40, -40] }, {}, {}],
  });
});

test("it is a picture", async () => {
  const png = await drawGrowth(growthPicture(growth, lexicon.fa));
  expect(Buffer.from(png.slice(1, 4)).toString()).toBe("PNG");
});
