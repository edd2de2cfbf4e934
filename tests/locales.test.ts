/** Both languages say the same things: the same ids in the same order, with the same variables, each in its own way. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { locales } from "../src/words/locale.ts";
import type { DetailedReason } from "../src/domain/reasons/reason.ts";
import { otherTroubles, settingTroubles } from "../src/lib/trouble.ts";
import { plainReasons } from "../src/domain/reasons/reason.ts";
import { hasRoom } from "../src/bot/views/values-on-buttons.ts";
import type { Message } from "./support/locale-messages.ts";
import { lexicon, messages, saidInPersian, variablesFor } from "./support/locale-messages.ts";

const root = join(import.meta.dirname, "..");

function leavesTagOpen({ pattern }: Message): boolean {
  return ["b", "i", "code"].some(
    (tag) => pattern.split(`<${tag}>`).length !== pattern.split(`</${tag}>`).length,
  );
}

/** One of each of the reasons with details. */
const detailedReasons: readonly DetailedReason[] = [
  { code: "channelNotSetUp", channel: "x" },
  { code: "systemError", system: "EACCES" },
  { code: "pgError", sqlstate: "42P01" },
  { code: "unexpected", error: "TypeError" },
  { code: "foreign", text: "the line is busy" },
];

/** What a reader sees of a Persian sentence apart from what is rightly Latin: code, tags, commands, file endings, X. */
function persianProse(message: Message): string {
  return saidInPersian(message, 12_345)
    .replaceAll("UTF-8", "")
    .replaceAll(/\u2068[^\u2069]*\u2069/g, "")
    .replaceAll(/<code>.*?<\/code>/gs, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll(/\{\{.*?\}\}/g, "")
    .replaceAll("spring-news", "");
}

function idsWhere(all: readonly Message[], matches: (message: Message) => boolean): string[] {
  return all.filter(matches).map((message) => message.id);
}

/** Tells whether a line's first letter outside isolates is Latin, which would turn the whole line around. */
function beginsLatin(line: string): boolean {
  const outside = line.replaceAll(/<[^>]+>/g, "").replaceAll(/\u2068.*?\u2069/g, "");
  return /^[^A-Za-z\u0600-\u06EF\u06FA-\u06FF\u200E\u200F]*[A-Za-z\u200E]/.test(outside);
}

function saysALineTwice({ pattern }: Message): boolean {
  const said = pattern
    .split("\n")
    .filter((line) => /[\p{L}]{3} [\p{L}]{2}/u.test(line) && !/\[\w+\]/.test(line));
  return new Set(said).size < said.length;
}

test("both languages have the same ids in the same order", () => {
  expect(messages.fa.map((one) => one.id)).toEqual(messages.en.map((one) => one.id));
  expect(messages.en.length).toBeGreaterThan(200);
  expect(new Set(messages.en.map((one) => one.id)).size).toBe(messages.en.length);
});

test("no message says a line twice", () => {
  expect([...messages.en, ...messages.fa].filter(saysALineTwice).map(({ id }) => id)).toEqual([]);
});

test("each message uses the same variables in both languages", () => {
  expect(messages.fa.map(({ id, variables }) => ({ id, variables }))).toEqual(
    messages.en.map(({ id, variables }) => ({ id, variables })),
  );
});

describe.each(locales)("in %s", (locale) => {
  const words = lexicon[locale];
  const all = messages[locale];

  test("every message can be said with its variables, for none, one and many", () => {
    const said = all.flatMap((message) =>
      [0, 1, 12_345].map((quantity) => words.say(message.id, variablesFor(message, quantity))),
    );
    expect(said.filter((text) => /\{\$|\{[a-zA-Z-]+\}(?!\})/.test(text) || text.trim() === "")).toEqual([]);
  });

  test("nothing shouts and no two emoji stand in a row", () => {
    expect(idsWhere(all, ({ pattern }) => /[!！]/.test(pattern))).toEqual([]);
    const row = /\p{Extended_Pictographic}\uFE0F?\s*\p{Extended_Pictographic}/u;
    expect(idsWhere(all, ({ pattern }) => row.test(pattern))).toEqual([]);
  });

  test("tags are closed where they were opened", () => {
    expect(idsWhere(all, leavesTagOpen)).toEqual([]);
  });
});

describe("Persian", () => {
  test("is written with Persian letters, digits and signs", () => {
    expect(idsWhere(messages.fa, ({ pattern }) => /[يكةى٠-٩]/.test(pattern))).toEqual([]);
    const foreign = /[0-9%?;]|[\u0600-\u06FF],/;
    expect(idsWhere(messages.fa, (message) => foreign.test(persianProse(message)))).toEqual([]);
  });

  test("keeps to the words of the product", () => {
    const strangers =
      /(^|\s)رد (شد|می|خواه)|افزوده|نخست|از آنِ|لمس کن|برگزین|سکو(?!ت)|آدم|گفتگو|این‌جا|آن‌جا|پیش‌تر|پیوند|نمایه|جستجو|این‌که|کانال|اکانت|یوزر|چک‌پوینت|مخاطب|آیدی|ربات/;
    expect(idsWhere(messages.fa, ({ pattern }) => strangers.test(pattern))).toEqual([]);
  });

  test("begins each paragraph so that it is set from right to left", () => {
    const latinByNature = new Set([
      "button-chosen",
      "monitor-column",
      "button-english",
      "button-account-on",
      "button-account-off",
    ]);
    const isLeftToRight = (message: Message): boolean =>
      !latinByNature.has(message.id) && saidInPersian(message, 5).split("\n").some(beginsLatin);
    expect(idsWhere(messages.fa, isLeftToRight)).toEqual([]);
  });

  test("joins prefixes and plural endings with a half-space", () => {
    expect(idsWhere(messages.fa, ({ pattern }) => /(^|\s)(می|نمی) |\sها(\s|$)/.test(pattern))).toEqual([]);
  });
});

test("every trouble has words in both languages, and there are words for no other", () => {
  const worded = messages.en.map((one) => one.id).filter((id) => id.startsWith("trouble-"));
  const ids = [...settingTroubles, ...otherTroubles].map((code) => `trouble-${code}`);
  expect(worded.toSorted()).toEqual(ids.toSorted());
});

test("every reason has words in both languages", () => {
  const ids = [...plainReasons, ...detailedReasons.map(({ code }) => code)].map((code) => `reason-${code}`);
  const worded = messages.en.map((one) => one.id).filter((id) => id.startsWith("reason-"));
  expect(worded.toSorted()).toEqual(ids.toSorted());
  for (const words of Object.values(lexicon))
    for (const why of [...plainReasons, ...detailedReasons])
      expect(words.reason(why)).not.toMatch(/[{}]|^reason-/);
});

test("every sentence that is said exists, and every sentence is said", () => {
  const source = ["scripts/fleet", "src/app/health", "src/bot", "src/cli", "src/web", "src/words"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        join(folder, file),
      ),
    )
    .concat("src/main.ts", "scripts/fleet.ts")
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  const known = new Set(messages.en.map((one) => one.id));
  const said = [...source.matchAll(/\b(?:say|plain)\(\s*"([\w-]+)"/g)].map((match) => match[1] ?? "");
  expect(said.filter((id) => !known.has(id))).toEqual([]);
  const stems = [...source.matchAll(/`([\w-]+)\$\{/g)].map((match) => match[1] ?? "");
  const unsaid = [...known].filter(
    (id) => !source.includes(`"${id}"`) && !stems.some((stem) => id.startsWith(stem)),
  );
  expect(unsaid).toEqual([]);
});

test.each(["en", "fa"] as const)("a phone shows the words of every button, in %s", (locale) => {
  const buttons = messages[locale].filter(({ id }) => /^(?:button|source)-/.test(id));
  const said = buttons.map((message) => [
    message.id,
    lexicon[locale].plain(message.id, variablesFor(message, 250)),
  ]);
  expect(said.filter(([, label = ""]) => !hasRoom(label))).toEqual([]);
});
