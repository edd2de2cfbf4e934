import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonElement } from "./json-elements.ts";
import { jsonElements } from "./json-elements.ts";
import { jsonRows } from "./json-rows.ts";
import type { Row } from "./row.ts";
import { BrokenList } from "./row.ts";

const elementsOf = (text: string): JsonElement[] => [...jsonElements(text)].flat();

async function rowsOf(text: string): Promise<{ header: readonly string[] | undefined; rows: Row[] }> {
  const { header, batches } = await jsonRows(text);
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return { header, rows };
}

test("finds exactly the elements that JSON.parse finds, in every layout", () => {
  const elements = fc.array(fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(elements, fc.constantFrom(undefined, 1, "\t"), (all, indent) => {
      const list = JSON.stringify(all, undefined, indent);
      const values: unknown = JSON.parse(list);
      expect(elementsOf(list).map(({ value }) => value)).toEqual(values);
      const inside = `\n{"a": {"b": "[\\"]"}, "usernames": ${list}, "z": "}"} `;
      expect(elementsOf(inside).map(({ value }) => value)).toEqual(values);
    }),
  );
});

test("never does anything with a text but read it or call it broken", () => {
  const pieces = fc.constantFrom("[", "]", "{", "}", '"', ",", ":", "\\", "1", "null", "a", "\n", '"k":');
  fc.assert(
    fc.property(fc.array(pieces), (all) => {
      try {
        elementsOf(all.join(""));
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenList);
      }
    }),
  );
});

test("elements know the line they begin on", () => {
  const lines = elementsOf('[\n  "a",\n  {\n "b": 1\n },\n\n "c" ]').map(({ line }) => line);
  expect(lines).toEqual([2, 3, 7]);
});

test("of several lists inside an object the one with a usual name counts, else the longest", () => {
  expect(elementsOf('{"tags":["x","y","z"],"Usernames":["ali"]}')[0]?.value).toBe("ali");
  expect(elementsOf('{"a":["x"],"b":["ali","sara"]}')[0]?.value).toBe("ali");
});

test("objects are rows by the names of their values, texts and arrays rows of cells", async () => {
  expect(await rowsOf('[{"username":"ali","n":1,"x":{"y":1}},{"city":"Yazd","username":"sara"}]')).toEqual({
    header: ["username", "n", "city"],
    rows: [
      { line: 1, cells: ["ali", "1", ""] },
      { line: 1, cells: ["sara", "", "Yazd"] },
    ],
  });
  expect((await rowsOf('["ali",["sara",true,null],7]')).rows.map(({ cells }) => cells)).toEqual([
    ["ali"],
    ["sara", "true", ""],
    ["7"],
  ]);
});

test("a single object is a list of one", async () => {
  expect((await rowsOf('{"username":"ali"}')).rows).toEqual([{ line: 1, cells: ["ali"] }]);
});
