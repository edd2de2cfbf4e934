import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forEachEnd } from "../domain/report/attempts.ts";
import { forEachState } from "../domain/recipient.ts";
import { reportPicture } from "../words/report-picture.ts";
import { createLexicon } from "../words/words.ts";
import { drawReport } from "./draw-report.ts";
import { reportChart } from "./report-chart.ts";
import { stateColours } from "./palette.ts";

const AT = Date.UTC(2026, 10, 28, 5, 30);
const lexicon = createLexicon({
  timeZone: "Asia/Tehran",
  clock: { now: () => AT, sleep: () => Promise.resolve() },
});

function reportOf(sent: number) {
  const ends = { ...forEachEnd(() => 0), sent, uncertain: 1 };
  const consent = { statement: "", by: "", at: 0 };
  const id = "spring-news";
  const made = {
    id,
    createdAt: AT,
    finishedAt: AT + 7_200_000,
    channel: "simulator",
    accounts: [],
    message: "",
  };
  return {
    view: {
      campaign: { ...made, lists: [], consent, status: "finished" as const },
      counts: { ...forEachState(() => 0), sent, uncertain: 1 },
      imported: sent + 1,
      ratePerSecond: 0,
      resting: [],
    },
    deliveries: {
      from: AT,
      stretchMs: 3_600_000,
      stretches: [ends, ends],
      accounts: [{ name: "sim-1", counts: ends }],
    },
  };
}

/** Texts of a chart, in any order. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test("in Persian it is read from the right, in Persian digits and by the Solar Hijri calendar", () => {
  const { option } = reportChart(reportPicture(reportOf(1150), lexicon.fa));
  const said = textsIn(option).map((text) => text.replaceAll(/[\u2067\u2069]/g, ""));
  expect(said).toContain("گزارش کمپین");
  expect(said.join("\n")).toContain("۷ آذر ۱۴۰۵");
  expect(said.join("\n")).toContain("۱٬۱۵۰");
  expect(said).toContain("۰۹:۰۰");
  expect(JSON.stringify(option)).not.toContain('"inverse":false');
});

test("nobody is called sent whose message is taken back or may be", () => {
  const { view, deliveries } = reportOf(1150);
  const report = { view: { ...view, amended: { takenBack: 150, mended: 2 } }, deliveries };
  const { parts } = reportPicture(report, lexicon.en).outcomes;
  expect(parts.map(({ state, count }) => [state, count])).toEqual([
    ["sent", 1000],
    ["takenBack", 150],
    ["uncertain", 1],
  ]);
});

test("of everybody but one it does not say that it is all", () => {
  expect(JSON.stringify(reportPicture(reportOf(999), lexicon.en).outcomes)).toContain("99%");
});

test.each(["en", "fa"] as const)(
  "is drawn as a picture that a phone shows sharply, in %s",
  async (locale) => {
    const png = await drawReport(reportPicture(reportOf(40), lexicon[locale]));
    const size = new DataView(png.buffer, png.byteOffset + 16, 8);
    expect(String.fromCodePoint(...png.subarray(1, 4))).toBe("PNG");
    expect(size.getUint32(0)).toBe(1080);
    expect(size.getUint32(4)).toBeLessThan(2400);
  },
);

type Rgb = readonly [number, number, number];

/** What eyes without one kind of cones make of a colour in linear light: Machado, Oliveira and Fernandes, 2009, severity 1. */
const eyes: Readonly<Record<string, readonly Rgb[]>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);

/** CIE L*a*b* under D65, in which a distance of 2.3 is just noticed. */
function labOf(hex: string, matrix: readonly Rgb[]): number[] {
  const [r = 0, g = 0, b = 0] = matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        linear(hex).reduce((sum, part, at) => sum + part * (row[at] ?? 0), 0),
      ),
    ),
  );
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const css = readFileSync(join(import.meta.dirname, "../../public/monitor/monitor.css"), "utf8");

/** The colour that the page gives a state, in the light and in the dark. */
function onPage(state: string): readonly string[] {
  const name = state.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
  return new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css)?.slice(1) ?? [];
}

/** Colours that eyes with this matrix may take for one another. */
function nearIn(colours: readonly (readonly [string, string])[], matrix: readonly Rgb[]): string[] {
  return colours.flatMap(([one, colour], index) =>
    colours.slice(index + 1).flatMap(([other, second]) => {
      const [a, b] = [labOf(colour, matrix), labOf(second, matrix)];
      const distance = Math.hypot(...a.map((part, at) => part - (b[at] ?? 0)));
      return distance < 14 ? [`${one} and ${other}: ${Math.round(distance)}`] : [];
    }),
  );
}

test("the page shows a state in the colour of the picture", () => {
  for (const [state, colour] of Object.entries(stateColours)) expect(onPage(state)[0]).toBe(colour);
});

test.each(Object.entries(eyes))("colours are told apart by eyes of this kind: %s", (_kind, matrix) => {
  const states = Object.entries(stateColours);
  expect(nearIn(states, matrix)).toEqual([]);
  expect(
    nearIn(
      states.map(([state]) => [state, onPage(state)[1] ?? ""]),
      matrix,
    ),
  ).toEqual([]);
});
