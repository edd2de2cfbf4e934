import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languageMeant, languageTag } from "./language-tag.ts";
import { textLanguage } from "./spoken.ts";
import { textIn } from "./text-in.ts";

const spokenIn = (variables: Record<string, string>, spoken?: { chosen?: string; app?: string }) =>
  textLanguage(["fa", "en", "pt-br"], variables, spoken ? { spoken } : undefined);

describe("the language somebody is written to in", () => {
  test("is their own choice before the list's, and the list's before their app's", () => {
    const spoken = { chosen: "en", app: "fa" };
    expect(spokenIn({ Language: "fa" }, spoken)).toBe("en");
    expect(spokenIn({ Language: "fa" }, { app: "en" })).toBe("fa");
    expect(spokenIn({ زبان: "انگلیسی" }, { app: "fa" })).toBe("en");
    expect(spokenIn({ lang: " " }, { app: "fa-IR" })).toBe("fa");
    expect(spokenIn({ city: "fa" })).toBeUndefined();
  });

  test("is the main text where they speak none of the campaign's, whatever else is known", () => {
    expect(spokenIn({ lang: "fa" }, { chosen: "de" })).toBeUndefined();
    expect(spokenIn({}, { app: "pt-PT" })).toBeUndefined();
    expect(spokenIn({}, { app: "pt-BR" })).toBe("pt-br");
  });

  test.each([
    ["fa", ["fa-ir"], "fa-ir"],
    ["fa-IR", ["fa"], "fa"],
    ["fa-IR", ["fa", "fa-ir"], "fa-ir"],
    ["fa", ["fa-ir", "fa"], "fa"],
    ["pt", ["en", "pt-br", "pt-pt"], "pt-br"],
    ["zh-Hant-TW", ["zh", "zh-hant"], "zh-hant"],
    ["zh-Hant-x-mine", ["zh-hant"], "zh-hant"],
    ["fa-AF", ["fa-ir"], undefined],
    ["zh-TW", ["zh-hans"], undefined],
    ["f", ["fa"], undefined],
  ])("of who speaks %s where there are %j is %s", (app, languages, found) => {
    expect(textLanguage(languages, {}, { spoken: { app } })).toBe(found);
  });

  test("is one of the campaign's or none, whatever a cell says", () => {
    fc.assert(
      fc.property(fc.string(), (cell) => {
        expect(["fa", "en", "pt-br", undefined]).toContain(spokenIn({ lang: cell }));
      }),
      { numRuns: 100 },
    );
  });
});

test("languages are known by tag and by name", () => {
  const meant = ["FA", "pt_BR", "Persian", "farsi", "فارسی", "عربي", "Deutsch", "nothing at all", "12"];
  expect(meant.map(languageMeant)).toEqual([
    "fa",
    "pt-br",
    "fa",
    "fa",
    "fa",
    "ar",
    "de",
    undefined,
    undefined,
  ]);
  expect(languageTag("klingon language")).toBeUndefined();
});

const texts = (own: object, main: object) =>
  textIn(
    { message: "hi", extras: { ...main, translations: [{ language: "fa", message: "سلام", ...own }] } },
    "fa",
  );

describe("a text in a language", () => {
  const photo = { kind: "photo", file: "attachment-1", name: "a.jpg" } as const;
  const buttons = [{ label: "Shop", url: "https://example.com" }];

  test("goes with the main text's file and links, unless it brings its own", () => {
    expect(texts({}, { attachment: photo, buttons, format: "html" })).toEqual({
      message: "سلام",
      extras: { attachment: photo, buttons },
    });
    const copy = { kind: "voice", chatId: 1, messageIds: [2] } as const;
    expect(texts({ extras: { copy } }, { attachment: photo })).toEqual({ message: "سلام", extras: { copy } });
    expect(texts({}, { copy: { ...copy, kind: "poll" } })).toEqual({ message: "سلام" });
    expect(texts({}, { copy }).extras).toEqual({ copy });
  });

  test("is the main one for everybody else", () => {
    const message = { message: "hi", extras: { translations: [{ language: "fa", message: "سلام" }] } };
    expect(textIn(message, undefined)).toEqual({ message: "hi" });
    expect(textIn(message, "de")).toEqual({ message: "hi" });
  });
});
