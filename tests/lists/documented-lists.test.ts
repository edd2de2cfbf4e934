/** What docs/lists.md shows is what happens. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openListImports } from "../support/lists/list-imports.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/lists.md"), "utf8");
const examples = [...page.matchAll(/```csv\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");

test("each list that is shown is read without a question, as two people", async () => {
  await using imports = await openListImports();
  expect(examples).toHaveLength(3);
  for (const example of examples)
    expect(imports.namesOf(await imports.file("list.csv", example))).toEqual(["ali_1", "sara_2"]);
});

test("what stands around the second one is left out and counted, and its codes keep their zeros", async () => {
  await using imports = await openListImports();
  const result = await imports.file("list.csv", examples[1] ?? "");
  expect(result).toMatchObject({ leftOut: { totalsRows: 1, otherLines: 2 } });
  expect(imports.listOf(result).rows[0]?.values).toContain("00123");
});

test("what is asked of the last one is asked in the words that are shown", async () => {
  await using imports = await openListImports();
  expect(page).toContain("  2 nick: ali_r, sara_t, mina_k");
  expect(await imports.file("people.csv", "name,nick\nAli,ali_r\nSara,sara_t\nMina,mina_k\n")).toMatchObject({
    question: { ask: "column", why: "unclear" },
  });
});
