import { expect, test } from "vitest";
import { detectEntities } from "./detect.ts";

/** What was found, as `kind text`. */
function found(text: string): string[] {
  return detectEntities(text).map(
    ({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`,
  );
}

test("finds commands, also addressed to a bot, in any sentence", () => {
  expect(found("/start and /status_7, or (/new@peyk_bot)")).toEqual([
    "bot_command /start",
    "bot_command /status_7",
    "bot_command /new@peyk_bot",
  ]);
});

test("takes no path or fraction for a command", () => {
  expect(found("a/b 1/2 //x </b> /سلام متن/start")).toEqual([]);
});

test("finds mentions of at least four characters, not inside addresses", () => {
  expect(found("@ali_reza و @abc، mail a.b@example.com")).toEqual([
    "mention @ali_reza",
    "email a.b@example.com",
  ]);
});

test("finds links with and without a scheme, without the sentence's punctuation", () => {
  expect(found("See https://example.com/a?b=1#c, t.me/peyk; (example.org). Not e.g. or 1.5")).toEqual([
    "url https://example.com/a?b=1#c",
    "url t.me/peyk",
    "url example.org",
  ]);
  expect(found("https://x.org/a_(b)")).toEqual(["url https://x.org/a_(b)"]);
});

test("finds hashtags in both scripts, not bare numbers", () => {
  expect(found("#خبر_تازه #news2 #12 a#b")).toEqual(["hashtag #خبر_تازه", "hashtag #news2"]);
});

test("counts offsets in UTF-16 units", () => {
  expect(detectEntities("👋🏽 /go")).toEqual([{ type: "bot_command", offset: 5, length: 3 }]);
});
