import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nameRows, namesInLine } from "./name-lines.ts";

test.each([
  ["ali reza", ["ali reza"]],
  ["@ali reza", ["@ali reza"]],
  ["@ali @reza t.me/sara", ["@ali", "@reza", "t.me/sara"]],
  ["ali,, reza ;sara|mina\tzara", ["ali", "reza", "sara", "mina", "zara"]],
  ["ali، رضا؛ sara", ["ali", "رضا", "sara"]],
  ["12) @ali", ["@ali"]],
  ["• ali", ["ali"]],
  ["+98 912 123 4567", ["+98 912 123 4567"]],
  ["  ", []],
  [",", []],
])("%j is cut into %j", (line, names) => expect(namesInLine(line)).toEqual(names));

const names = fc.array(fc.stringMatching(/^@?[a-z]{1,12}$/), { maxLength: 60 });
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

function chunked(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

test("every name is found with its line, wherever the text is cut into pieces", () => {
  fc.assert(
    fc.property(names, lineEnd, fc.integer({ min: 1, max: 40 }), (all, end, size) => {
      // Old Mac line ends are told from others by the first piece.
      const pieces = chunked(all.join(end), end === "\n" ? size : 4096);
      const rows = [...nameRows(pieces)].flat();
      expect(rows).toEqual(all.map((name, index) => ({ line: index + 1, cells: [name] })));
    }),
  );
});

test("a line as long as a book gives all its names, and the next line has the next number", () => {
  const all = Array.from({ length: 20_000 }, (_, index) => `name_${index}`);
  const rows = [...nameRows(chunked(`${all.join(", ")}\nlast_one`, 16_384))].flat();
  expect(rows.slice(0, -1).map(({ cells }) => cells[0])).toEqual(all);
  expect(new Set(rows.slice(0, -1).map(({ line }) => line))).toEqual(new Set([1]));
  expect(rows.at(-1)).toEqual({ line: 2, cells: ["last_one"] });
});
