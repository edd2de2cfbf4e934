import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonSources } from "./json-sources.ts";
import type { Row } from "../row.ts";
import { BrokenList } from "../row.ts";

interface ReadList {
  readonly name: string | undefined;
  readonly header: readonly string[] | undefined;
  readonly rows: readonly Row[];
}

async function listsOf(text: string): Promise<readonly ReadList[]> {
  const lists: ReadList[] = [];
  for (const source of await jsonSources(text)) {
    const rows: Row[] = [];
    for await (const batch of source.batches()) rows.push(...batch);
    lists.push({ name: source.name, header: source.header, rows });
  }
  return lists;
}

const cellsIn = async (text: string): Promise<readonly (readonly string[])[]> =>
  (await listsOf(text)).flatMap(({ rows }) => rows.map(({ cells }) => cells));

test("finds exactly the texts that JSON.parse finds, in every layout", async () => {
  const elements = fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(elements, fc.constantFrom(undefined, 1, "\t"), async (all, indent) => {
      const list = JSON.stringify(all, undefined, indent);
      const cells = all.map((text) => [text]);
      expect(await cellsIn(list)).toEqual(cells);
      const inside = `\n{"a": {"b": "[\\"]"}, "c": {"usernames": ${list}}, "z": "}"} `;
      expect(await cellsIn(inside)).toEqual(cells);
      const lines = [...all, "last"].map((one) => `${JSON.stringify(one)}\n\n`).join("");
      expect(await cellsIn(lines)).toEqual([...cells, ["last"]]);
    }),
  );
});

test("never does anything with a text but read it or call it broken", async () => {
  const pieces = fc.constantFrom("[", "]", "{", "}", '"', ",", ":", "\\", "1", "null", "a", "\n", '"k":');
  await fc.assert(
    fc.asyncProperty(fc.array(pieces), async (all) => {
      try {
        await listsOf(all.join(""));
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenList);
      }
    }),
  );
});

test("elements know the line they begin on", async () => {
  const [list] = await listsOf('[\n  "a",\n  {\n "b": 1\n },\n\n "c" ]');
  expect(list?.rows.map(({ line }) => line)).toEqual([2, 3, 7]);
});

test("an element that is broken is told with its line, wherever it stands in a long list", async () => {
  const good = Array.from({ length: 1500 }, (_, index) => `"name_${index}"`);
  const text = `[${[...good, "oops", ...good].join(",\n")}]`;
  await expect(listsOf(text)).rejects.toMatchObject({ format: "json", line: 1501 });
});

test.each<[string, readonly (string | undefined)[]]>([
  ['{"tags":["x","y","z"],"Usernames":["ali"]}', [undefined]],
  ['{"a":["x"],"b":["ali","sara"]}', ["a", "b"]],
  ['{"users":["ali"],"blocked":["sara"]}', ["users", "blocked"]],
  ['{"data":[{"author_id":"1"}],"includes":{"users":[{"username":"ali"}]}}', [undefined]],
])("of the lists in %j those that can be meant are answered", async (text, names) => {
  expect((await listsOf(text)).map(({ name }) => name)).toEqual(names);
});

test("objects are rows by the names of their values, texts and arrays rows of cells", async () => {
  expect(await listsOf('[{"username":"ali","n":1,"x":{"y":1}},{"city":"Yazd","username":"sara"}]')).toEqual([
    {
      name: undefined,
      header: ["username", "n", "x.y", "city"],
      rows: [
        { line: 1, cells: ["ali", "1", "1", ""] },
        { line: 1, cells: ["sara", "", "", "Yazd"] },
      ],
    },
  ]);
  expect(await cellsIn('["ali",["sara",true,null],7]')).toEqual([["ali"], ["sara", "true", ""], ["7"]]);
});

test("a single object is a list of one", async () => {
  expect(await cellsIn('{"username":"ali"}')).toEqual([["ali"]]);
});
