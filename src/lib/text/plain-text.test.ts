import fc from "fast-check";
import { expect, test } from "vitest";
import { looksLikeSecret, problemText, terminalJson, terminalText, withoutSecrets } from "./plain-text.ts";

const OBEYED = /(?![\n\t])[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/u;
const TOKEN = `123456789:AAHdq${"x".repeat(30)}`;

test("no character that a terminal obeys is left, and the rest is as it was", () => {
  const anything = fc.string({
    unit: fc.oneof(
      fc.constantFrom("\x1b", "\x9b", "\r", "\b", "\u202e", "\u2067", "\x7f"),
      fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
    ),
  });
  fc.assert(
    fc.property(anything, (text) => {
      expect(terminalText(text)).not.toMatch(OBEYED);
      expect(terminalJson({ text })).not.toMatch(OBEYED);
      expect(JSON.parse(terminalJson({ text }))).toEqual({ text });
      if (!OBEYED.test(text)) expect(terminalText(text)).toBe(text);
    }),
  );
});

test.each([
  ["\x1b[2Jgone", "\\x1b[2Jgone"],
  ["\x9b31m", "\\x9b31m"],
  ["over\rwritten", "over\\x0dwritten"],
  ["a\u202egpj.exe", "a\\u202egpj.exe"],
  ["\u2068ali\u2069 is well", "ali is well"],
  ["سلام\tnext\nline", "سلام\tnext\nline"],
])("%j is shown as %j", (text, shown) => {
  expect(terminalText(text)).toBe(shown);
});

test.each([
  `getMe at https://api.telegram.org/bot${TOKEN}/getMe`,
  `there is no such file: ${TOKEN}`,
  "postgres://peyk:p@ss/w:ord@db.example/peyk can't be reached",
  "postgres://peyk:p@ss@w@ord@db.example/peyk",
  "https://sara:pQx7word@proxy.example:8080/ refused",
  "there is no file /home/sara/Qx7xvz1evFS4wEEPTGEFPHBog1",
  "http://127.0.0.1:8787/?key=quVJv-xgFTZg7M2lgBQ1Jl9MJaqZgcW2j1wSvxn4XwY",
])("%s shows no secret", (text) => {
  expect(withoutSecrets(text)).not.toMatch(/AAHdq|p@|w:ord|w@ord|quVJv|Qx7/);
  expect(problemText(text)).toBe(withoutSecrets(text));
});

test.each([
  "https://www.tiktok.com/@ali can't be read",
  "http://127.0.0.1:8084/@ali",
  "/tmp/peyk-cli-a1B2c3/data/campaigns/spring-news/journal.jsonl, line 8: it is not JSON",
])("%s is left as it is", (text) => {
  expect(problemText(text)).toBe(text);
});

test.each([
  [TOKEN, true],
  [`peyk_${"a-B_".repeat(10)}abc`, true],
  [`whsec_${"a+b/".repeat(8)}`, true],
  ["/srv/peyk_production_data_of_the_shop", false],
  ["xvz1evFS4wEEPTGEFPHBog1AB", true],
  ["0123456789abcdef0123456789abcdef", true],
  ["postgres://peyk:secret@db/peyk", true],
  ["people.csv", false],
  ["/var/lib/peyk/data", false],
  ["C:\\Users\\Sara\\people.xlsx", false],
  ["my-very-long-list-of-people-from-2024.csv", false],
  ["/nix/store/0c9mv2qyjl3kq5cd0h5v8kx6l4jqsz/x", false],
])("whether %s is a secret: %s", (text, isSecret) => {
  expect(looksLikeSecret(text)).toBe(isSecret);
});

test("a long text costs no more than its length", () => {
  for (const part of ["a", "a.", "a1", "1", "a://b:", "postgres://", "://", "1:", "\x1b", "?key="])
    expect(problemText(part.repeat(200_000)).length).toBeGreaterThan(100);
});
