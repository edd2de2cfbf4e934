/** The sample that a newcomer tries first: a list as people have them, faults and all. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openListImports } from "../support/lists/list-imports.ts";

test("the playground's sample list holds exactly a hundred names", async () => {
  await using imports = await openListImports();
  const sample = await readFile("public/playground/sample-list.csv");
  const result = await imports.file("sample-list.csv", sample);
  expect(result).toMatchObject({
    read: 107,
    valid: 100,
    duplicates: 4,
    invalid: 3,
    columns: ["name", "city"],
    firstInvalid: [
      { line: 18, text: "ali reza", reason: "spaces" },
      { line: 62, reason: "email" },
      { line: 90, text: "@a", reason: "tooShort" },
    ],
  });
  expect(imports.listOf(result).rows[0]).toEqual({ username: "sara_tea", values: ["سارا", "تهران"] });
});
