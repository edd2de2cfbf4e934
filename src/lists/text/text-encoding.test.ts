import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodedChunks, encodingOf } from "./text-encoding.ts";

function decoded(bytes: Buffer): string {
  const found = encodingOf(bytes);
  if ("possible" in found) throw new Error("possible");
  return [...decodedChunks(bytes, found.encoding)].join("");
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

test.each<[string, Buffer, string]>([
  ["plain ASCII", Buffer.from("ali\n"), "ascii"],
  ["Persian in UTF-8", Buffer.from("علی"), "utf-8"],
  ["Persian in Windows-1256", Buffer.from([0xc7, 0xe1, 0x20, 0xda]), "windows-1256"],
  ["German in Windows-1252", Buffer.from("J\xF6rg, Gr\xF6\xDFe", "latin1"), "windows-1252"],
  ["Turkish in Windows-1254", Buffer.from("Eski\xFEehir, Mu\xF0la", "latin1"), "windows-1254"],
  ["Icelandic in Windows-1252", Buffer.from("\xDE\xF3r\xF0ur, \xC1sd\xEDs", "latin1"), "windows-1252"],
  ["Russian in Windows-1251", Buffer.from([0xcc, 0xe0, 0xf0, 0xe8, 0xff]), "windows-1251"],
  ["one bad byte at the end", Buffer.from([0x61, 0x62, 0xff]), "utf-8"],
  ["one bad byte among Persian", Buffer.concat([Buffer.from("علی\nm"), Buffer.from([0xfc])]), "utf-8"],
])("%s is told from the others", (_, bytes, encoding) => expect(encodingOf(bytes)).toEqual({ encoding }));

test("what no encoding makes words of is asked about, with lines to judge by", () => {
  const found = encodingOf(Buffer.from("ali;J\x94rg M\x81ller\nsara;Caf\x82\nmina;x", "latin1"));
  expect(found).toMatchObject({ possible: expect.any(Array) });
  if ("possible" in found) expect(found.possible[0]?.lines).toHaveLength(2);
});

test("the signs of Windows-1252 are read on every Node", () => {
  const bytes = Buffer.from("ali;5 \x80\nsara;don\x92t \x84J\xF6rg\x93", "latin1");
  expect(decoded(bytes)).toBe("ali;5 €\nsara;don’t „Jörg“");
});
