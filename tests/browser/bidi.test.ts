/**
 * Every Persian sentence in a real browser under Telegram's rules: a line's first strong letter decides its direction, and
 * code has no direction of its own. What was meant is compared with where the letters really stand.
 */
import { expect, test } from "vitest";
import { messages, saidInPersian } from "../support/locale-messages.ts";
import { describeInChromium, openPage } from "./chromium.ts";

const style = `
  .line { unicode-bidi: plaintext; white-space: pre; width: 9000px; font: 16px sans-serif; }
  code { unicode-bidi: normal; font: inherit; }
`;

/** Labels that are English, a file's name, and a bar for which the sample is no bar. */
const latinByNature = new Set([
  "button-english",
  "button-account-on",
  "button-account-off",
  "rejected-file",
  "suppress-file",
  "card-bar",
]);

/** The lines of all messages; what is typed at the terminal has a test of its own. */
const lines = messages.fa
  .filter(({ id }) => !latinByNature.has(id))
  .flatMap((message) =>
    saidInPersian(message, 12_345)
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((html) => ({ id: message.id, html })),
  );

/** Runs in the page and answers which lines stand otherwise than they were meant. */
const MISPLACED = String.raw`(given) => {
  const found = [];
  for (const { id, html } of given) {
    const line = document.createElement("div");
    line.className = "line";
    line.innerHTML = html;
    document.body.replaceChildren(line);
    const places = [];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { length } = node.textContent ?? "";
      for (let at = 0; at < length; at++) places.push({ node, at });
      text += node.textContent ?? "";
    }
    const boxOf = (index) => {
      const place = places[index];
      const range = document.createRange();
      range.setStart(place.node, place.at);
      range.setEnd(place.node, place.at + 1);
      return range.getBoundingClientRect();
    };
    // Names and code between isolates, and commands: each is one part that reads from left to right.
    const parts = [...text.matchAll(/\u2068[^\u2068\u2069]*\u2069|\/[a-z]+/g)].map((match) => ({
      from: match.index + (match[0].startsWith("\u2068") ? 1 : 0),
      to: match.index + match[0].length - (match[0].endsWith("\u2069") ? 1 : 0),
    }));
    let before = Infinity;
    for (const { from, to } of parts) {
      const indexes = Array.from({ length: to - from }, (_, step) => from + step);
      const seen = indexes.filter((index) => boxOf(index).width > 0);
      if (seen.length === 0) continue;
      const lefts = seen.map((index) => boxOf(index).left);
      const isLatin = /^[\x20-\x7e]*$/.test(text.slice(from, to));
      if (isLatin && lefts.some((left, step) => step > 0 && left < lefts[step - 1]))
        found.push(id + ": " + text.slice(from, to) + " is torn");
      const right = Math.max(...seen.map((index) => boxOf(index).right));
      if (right > before + 1) found.push(id + ": " + text.slice(from, to) + " stands before what goes first");
      before = Math.min(...lefts);
    }
    // A line with words of ours begins at the right; a value alone stands by its own direction.
    if (!/[\u0621-\u064a\u067e-\u06d3]/.test(text.replaceAll(/\u2068[^\u2069]*\u2069/g, ""))) continue;
    const seen = places.map((_, index) => index).filter((index) => boxOf(index).width > 0);
    const [first = 0] = seen;
    const last = seen.at(-1) ?? 0;
    if (seen.length > 1 && boxOf(first).right < boxOf(last).right) found.push(id + ": begins at the left");
  }
  return found;
}`;

describeInChromium("the Persian sentences", (browser) => {
  test("stand as they were meant: whole lines from the right, names and code whole and in their order", async () => {
    const page = await openPage(browser(), {});
    await page.setContent(`<!doctype html><style>${style}</style>`);
    expect(lines.length).toBeGreaterThan(500);
    expect(await page.evaluate(`(${MISPLACED})(${JSON.stringify(lines)})`)).toEqual([]);
    await page.context().close();
  });

  test("would be found out where a mark is missing", async () => {
    const page = await openPage(browser(), {});
    await page.setContent(`<!doctype html><style>${style}</style>`);
    const torn = [
      { id: "torn", html: "با /new شروع کنید" },
      { id: "left", html: "README را بخوانید" },
    ];
    expect(await page.evaluate(`(${MISPLACED})(${JSON.stringify(torn)})`)).toEqual([
      "torn: /new is torn",
      "left: begins at the left",
    ]);
    await page.context().close();
  });
});
