import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUsername } from "../../domain/people/username.ts";
import { csvLine } from "./csv-line.ts";

/** Cells as a spreadsheet takes them: quotes count only at the start of a cell. */
function cellsBy(separator: string, text: string): string[] {
  const cells: string[] = [];
  let [cell, isQuoted] = ["", false];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isQuoted && character === '"' && text.charAt(at + 1) === '"') cell += text.charAt(++at);
    else if (isQuoted && character === '"') isQuoted = false;
    else if (!isQuoted && cell === "" && character === '"') isQuoted = true;
    else if (!isQuoted && (character === separator || character === "\n" || character === "\r"))
      [cell] = ["", cells.push(cell)];
    else cell += character;
  }
  return [...cells, cell];
}

const isFormula = (cell: string): boolean =>
  /^[\s"\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) && !/^-\d+(\.\d+)?$/.test(cell);

test("no cell starts a formula, whatever its reader separates cells by", () => {
  const part = fc.constantFrom(
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    ",",
    ";",
    "|",
    "\t",
    "\r",
    "\n",
    '"',
    "'",
    " ",
    "\u200f",
    "\ufeff",
    "a",
    "1",
    "cmd()",
  );
  const cells = fc.array(
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join("")),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(cells, fc.constantFrom(",", ";", "|", "\t"), (written, separator) => {
      expect(cellsBy(separator, csvLine(written)).filter(isFormula)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["=1+1", "'=1+1"],
  ["@ali", "'@ali"],
  ["+98 912", "'+98 912"],
  ["\t=1", "\"'\t'=1\""],
  [" =1", "' =1"],
  ["＝1", "'＝1"],
  ["x;=HYPERLINK(1)", '"x;\'=HYPERLINK(1)"'],
  ["x\n@a", '"x\n\'@a"'],
  ["-5", "-5"],
  ["-5.25", "-5.25"],
  ["-5+cmd", "'-5+cmd"],
  ["a-b@c=d", "a-b@c=d"],
  ["plain", "plain"],
  ['say "hi"', '"say ""hi"""'],
])("%j is written %j", (text, written) => {
  expect(csvLine(["", text])).toBe(`,${written}\r\n`);
});

test("a negative number at the start of a line is no number to whoever separates by something else", () => {
  expect(csvLine(["-1", "cmd()"])).toBe("'-1,cmd()\r\n");
});

test("a username read back from its cell is still the same", () => {
  expect(parseUsername(csvLine(["@Ali_1"]).trim())).toEqual({ ok: true, username: "ali_1" });
});

test("a long cell costs no more than its length", () => {
  for (const part of ["\n", '"', ";", " ;", "\u200f", ",=", "\t "]) {
    const written = csvLine([`a${part.repeat(400_000)}b`]);
    expect(written.length).toBeGreaterThan(400_000);
  }
});
