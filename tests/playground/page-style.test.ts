/** The page's colours can be read by everybody, and its words exist in both languages. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const css = await readFile(new URL("../../public/shared/theme.css", import.meta.url), "utf8");

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Both values of a colour of the theme. */
function colour(name: string): { light: string; dark: string } {
  const [, light, dark] =
    new RegExp(`--${name}: (?:light-dark\\()?(#[0-9a-f]{6})(?:, (#[0-9a-f]{6}))?\\)?;`).exec(css) ?? [];
  if (light === undefined) throw new Error(`The theme has no plain colour ${name}`);
  return { light, dark: dark ?? light };
}

test.each([
  ["text", "panel"],
  ["text", "panel-hover"],
  ["text", "in"],
  ["text", "out"],
  ["soft", "panel"],
  ["soft", "panel-hover"],
  ["accent", "panel"],
  ["accent", "panel-hover"],
  ["accent", "in"],
  ["accent", "out"],
  ["in-soft", "in"],
  ["out-soft", "out"],
  ["on-accent", "accent-strong"],
  ["warn", "warn-ground"],
])("%s on %s has a contrast of at least 4.5 in both themes", (ink, ground) => {
  expect(contrast(colour(ink).light, colour(ground).light)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(colour(ink).dark, colour(ground).dark)).toBeGreaterThanOrEqual(4.5);
});

test("the page asks nothing of any other place", async () => {
  const files = [
    "playground/index.html",
    "shared/theme.css",
    "playground/layout.css",
    "playground/messages.css",
    "playground/composer.css",
    "playground/main.js",
    "playground/connection.js",
  ];
  for (const file of files) {
    const text = await readFile(new URL(`../../public/${file}`, import.meta.url), "utf8");
    expect([file, /url\("(?!\/(?:page|shared)\/)|https?:\/\/|innerHTML|style="/.exec(text)?.[0]]).toEqual([
      file,
      undefined,
    ]);
  }
});
