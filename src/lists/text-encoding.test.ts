import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TextEncodingName } from "./text-encoding.ts";
import { decodedChunks, encodingOf } from "./text-encoding.ts";

function decoded(bytes: Buffer): string {
  return [...decodedChunks(bytes, encodingOf(bytes))].join("");
}

test("text comes back whole from UTF-8 and UTF-16, with a mark and without", () => {
  const line = fc.stringMatching(/^[a-z_]{3,9},[آابپتثجچسشی]{1,5}\u{1F44B}?$/u);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const text = `username,name\n${lines.join("\n")}\n`;
      const utf16 = Buffer.from(text, "utf16le");
      const marked = Buffer.from(`\uFEFF${text}`, "utf16le");
      const all = [Buffer.from(text), Buffer.from(`\uFEFF${text}`), utf16, marked];
      for (const bytes of [...all, Buffer.from(utf16).swap16(), Buffer.from(marked).swap16()])
        expect(decoded(bytes)).toBe(text);
    }),
  );
});

test("letters are not torn where one piece ends and the next begins", () => {
  const text = "یک".repeat(40_000);
  expect(decoded(Buffer.from(`a${text}`))).toBe(`a${text}`);
});

test.each<[string, Buffer, TextEncodingName]>([
  ["plain ASCII", Buffer.from("ali\n"), "ascii"],
  ["Persian in UTF-8", Buffer.from("علی"), "utf-8"],
  ["Persian in Windows-1256", Buffer.from([0xc7, 0xe1, 0x20, 0xda]), "windows-1256"],
  ["one bad byte at the end", Buffer.from([0x61, 0x62, 0xc7]), "windows-1256"],
])("%s is told from the others", (_, bytes, encoding) => expect(encodingOf(bytes)).toBe(encoding));
