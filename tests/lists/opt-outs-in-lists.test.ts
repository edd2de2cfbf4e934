/** Lists that say themselves who must not be written to: for a campaign they are nobody, for opt-outs they are everybody. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openList } from "../../src/lists/open-list.ts";
import type { ListImports } from "../support/lists/list-imports.ts";
import { openListImports } from "../support/lists/list-imports.ts";

let imports: ListImports;
beforeEach(async () => (imports = await openListImports()));
afterEach(() => imports[Symbol.asyncDispose]());

const states = "username,status\nali_1,subscribed\nsara_2,Unsubscribed\nmina_3,\nreza_4,opted-out\n";

test("a campaign gets nobody whose row says that they left, and the report says so", async () => {
  const result = await imports.file("members.csv", states);
  expect(imports.namesOf(result)).toEqual(["ali_1", "mina_3"]);
  expect(result).toMatchObject({
    invalid: 2,
    firstInvalid: [
      { line: 3, text: "sara_2", reason: "optedOut" },
      { line: 5, text: "reza_4", reason: "optedOut" },
    ],
  });
});

test("for opt-outs they are read as anybody else", async () => {
  const result = await imports.file("members.csv", states, { optOuts: true });
  expect(imports.namesOf(result)).toEqual(["ali_1", "sara_2", "mina_3", "reza_4"]);
});

test.each(["unsubscribed users", "Do not contact", "blocklist", "excluded"])(
  "a list called %j is asked about for a campaign, and read for opt-outs",
  async (title) => {
    const text = `${title}\nali_1\nsara_2\n`;
    expect(await openList({ kind: "text", text })).toMatchObject({ question: { ask: "column" } });
    const result = await imports.file("list.csv", text, { optOuts: true });
    expect(imports.namesOf(result)).toEqual(["ali_1", "sara_2"]);
  },
);

test("of lists in JSON beside those of opt-outs nobody opts out", async () => {
  const text = '{"include":["ali_1","sara_2"],"exclude":["mina_3"],"bounced":[{"username":"reza_4"}]}';
  const result = await imports.file("lists.json", text, { optOuts: true, allSheets: true });
  expect(imports.namesOf(result)).toEqual(["mina_3", "reza_4"]);
  expect(result).toMatchObject({ readFrom: { sheets: ["exclude", "bounced"] } });
});

test("a bot opts out as anybody", async () => {
  const result = await imports.file("bots.csv", "username,is_bot\nali_1,true\n", { optOuts: true });
  expect(imports.namesOf(result)).toEqual(["ali_1"]);
});
