import { afterEach, beforeEach, expect, test } from "vitest";
import type { ListImports } from "../../../tests/support/lists/list-imports.ts";
import { openListImports } from "../../../tests/support/lists/list-imports.ts";

let imports: ListImports;
beforeEach(async () => (imports = await openListImports()));
afterEach(() => imports[Symbol.asyncDispose]());

test("counts every row once, and the counts add up", async () => {
  const result = await imports.text(
    "@Ali_1\nALI_1\n\nali reza\nhttps://t.me/sara\n@a\nsent_1\n   \nt.me/ali_1",
  );
  expect(result).toMatchObject({
    kind: "report",
    origin: "pasted",
    read: 7,
    valid: 3,
    duplicates: 2,
    invalid: 2,
    alreadySent: 1,
    columns: [],
    firstInvalid: [
      { line: 4, text: "ali reza", reason: "spaces" },
      { line: 6, text: "@a", reason: "tooShort" },
    ],
  });
  expect(imports.namesOf(result)).toEqual(["ali_1", "sara", "sent_1"]);
});

test("counts those who will be skipped, each once, and keeps them in the list", async () => {
  const names = "ali_1\nsent_1\n@Stop_1\nlately_1";
  const plain = await imports.text(names);
  expect(plain).toMatchObject({ valid: 4, alreadySent: 1, suppressed: 1 });
  expect(plain).not.toHaveProperty("contactedLately");
  const ruled = await imports.text(names, { channel: "simulator", notWithinDays: 7 });
  expect(ruled).toMatchObject({ valid: 4, alreadySent: 1, suppressed: 1, contactedLately: 1 });
  expect(imports.namesOf(ruled)).toHaveLength(4);
});

test("keeps the first row of a name that comes twice, in the order given", async () => {
  const result = await imports.file("list.csv", "username,city\nbob_1,Yazd\n@Ali_1,Shiraz\nBOB_1,Tabriz\n");
  expect(imports.listOf(result).rows).toEqual([
    { username: "bob_1", values: ["Yazd"] },
    { username: "ali_1", values: ["Shiraz"] },
  ]);
  expect(result).toMatchObject({ origin: "list.csv", columns: ["city"] });
});

test("names the first ten bad rows and keeps all of them", async () => {
  const bad = Array.from({ length: 12 }, (_, index) => `bad name ${index}`);
  const result = await imports.text(["good_one", ...bad].join("\n"));
  expect(result).toMatchObject({ invalid: 12, names: { first: ["good_one"] } });
  expect(result.kind === "report" && result.firstInvalid).toHaveLength(10);
  expect(imports.listOf(result).rejected[11]).toEqual({ line: 13, text: "bad name 11", reason: "spaces" });
});

test("shortens what is shown of an endless cell", async () => {
  const result = await imports.text(`good_one\n${"x".repeat(5000)}`);
  expect(result.kind === "report" && result.firstInvalid[0]?.text).toHaveLength(64);
  expect(imports.listOf(result).rejected[0]?.text).toHaveLength(1024);
});

test("a million names with repeats come out exact, and other work goes on meanwhile", async () => {
  const lines = Array.from({ length: 1_000_000 }, (_, index) => `@Name_${index % 950_000}`);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const result = await imports.file("list.txt", lines.join("\n"));
  clearInterval(timer);
  expect(result).toMatchObject({ read: 1_000_000, valid: 950_000, duplicates: 50_000, invalid: 0 });
  expect(imports.namesOf(result).at(-1)).toBe("name_949999");
  expect(turns).toBeGreaterThan(20);
});

test("a table of nearly 20 MB", async () => {
  const note = "x".repeat(180);
  const count = 100_000;
  const rows = Array.from({ length: count }, (_, index) => `user_${index},${note},Tehran`);
  const content = `username,note,city\n${rows.join("\n")}`;
  expect(await imports.file("list.csv", content)).toMatchObject({
    read: count,
    valid: count,
    columns: ["note", "city"],
  });
});
