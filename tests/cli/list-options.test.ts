/** What a list leaves open, on the command line: said with what to give, and then read that way. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { xlsxOf } from "../support/lists/xlsx.ts";
import type { Ended, Place } from "./peyk-command.ts";
import { createPlace, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

const unclear = "name,nick\nAli,ali_r\nSara,sara_t\nMina,mina_k\n";

function rehearse(place: Place, list: string, ...more: string[]): Promise<Ended> {
  const words = ["send", "--list", list, "--message", "Hi {{username}}", "--channel", "simulator"];
  return place.peyk(...words, "--dry-run", ...more);
}

function namesIn(ended: Ended): unknown {
  return objectsOf(ended).find(({ kind }) => kind === "list")?.["names"];
}

function namesOf(...first: string[]): unknown {
  return { first, middle: [], last: [] };
}

test("a question ends with 1, shows the rows as read, and says what to give", async () => {
  await using place = await createPlace(compiled);
  await place.write("list.csv", unclear);
  const ended = await rehearse(place, "list.csv");
  expect(ended.code).toBe(1);
  expect(ended.err).toContain("--column");
  expect(ended.err).toContain("line 2: Ali | ali_r");
  const machine = await rehearse(place, "list.csv", "--json");
  expect(objectsOf(machine).find(({ kind }) => kind === "question")).toMatchObject({
    ask: "column",
    option: "--column",
    file: "list.csv",
    table: { rows: [{ line: 1, cells: ["name", "nick"] }, {}, {}, {}] },
  });
  expect(summaryOf(machine)).toMatchObject({ kind: "summary", ok: false, exitCode: 1 });
});

test.each([["nick"], ["NICK"], ["2"]])("--column %s answers it", async (column) => {
  await using place = await createPlace(compiled);
  await place.write("list.csv", unclear);
  const ended = await rehearse(place, "list.csv", "--column", column, "--json");
  expect([ended.code, namesIn(ended)]).toEqual([0, namesOf("ali_r", "sara_t", "mina_k")]);
});

test("--sheet reads one, several or all sheets, and one that is not there is asked about", async () => {
  await using place = await createPlace(compiled);
  const book = xlsxOf([["username"], ["ali_1"]], [["username"], ["sara_2"]], [["username"], ["mina_3"]]);
  await writeFile(join(place.folder, "list.xlsx"), book);
  const asked = await rehearse(place, "list.xlsx", "--json");
  expect(asked.code).toBe(1);
  const question = objectsOf(asked).find(({ kind }) => kind === "question");
  expect(question).toMatchObject({ ask: "sheet", option: "--sheet" });
  const sheets = JSON.stringify(question);
  const [first = "", second = ""] = [...sheets.matchAll(/"name":"([^"]+)"/g)].map((match) => match[1] ?? "");
  const read = async (...more: string[]) => namesIn(await rehearse(place, "list.xlsx", ...more, "--json"));
  expect(await read("--sheet", second)).toEqual(namesOf("sara_2"));
  expect(await read("--sheet", second, "--sheet", first)).toEqual(namesOf("ali_1", "sara_2"));
  expect(await read("--sheet", "all")).toEqual(namesOf("ali_1", "sara_2", "mina_3"));
  expect((await rehearse(place, "list.xlsx", "--sheet", "absent")).code).toBe(1);
  expect((await rehearse(place, "list.xlsx", "--sheet", first, "--sheet", "absent")).code).toBe(1);
});

test("--header-row says where the header is, and 0 that there is none", async () => {
  await using place = await createPlace(compiled);
  await place.write("list.csv", "username,x\nali_1,a\nusername_2,b\n");
  const read = async (row: string) =>
    namesIn(await rehearse(place, "list.csv", "--column", "1", "--header-row", row, "--json"));
  expect(await read("1")).toEqual(namesOf("ali_1", "username_2"));
  expect(await read("2")).toEqual(namesOf("username_2"));
  expect((await rehearse(place, "list.csv", "--header-row", "x")).code).toBe(1);
});

test("--encoding says how the text is written down", async () => {
  await using place = await createPlace(compiled);
  await writeFile(join(place.folder, "list.csv"), Buffer.from("username,city\nali_1,Malm\u00f6\n", "latin1"));
  const words = ["send", "--list", "list.csv", "--message", "Hi {{city}}", "--channel", "simulator"];
  const ended = await place.peyk(...words, "--dry-run", "--json", "--encoding", "windows-1252");
  expect(summaryOf(ended)).toMatchObject({ previews: [{ username: "ali_1", text: "Hi Malm\u00f6" }] });
});

test("opt-outs take the same options, read all sheets of themselves, and say what they could not read", async () => {
  await using place = await createPlace(compiled);
  await place.write("stop.csv", "name,nick\nAli,ali_r\nSara,no name\nMina,mina_k\n");
  const asked = await place.peyk("suppress", "import", "stop.csv", "--json");
  expect(asked.code).toBe(1);
  expect(objectsOf(asked)[0]).toMatchObject({ kind: "question", ask: "column" });
  const ended = await place.peyk("suppress", "import", "stop.csv", "--column", "nick", "--json");
  expect(ended.code).toBe(1);
  expect(summaryOf(ended)).toMatchObject({
    changed: 2,
    read: 3,
    invalid: 1,
    firstInvalid: [{ line: 3, text: "no name", reason: "spaces" }],
  });
  expect(ended.err).toContain("Nobody named in these 1 lines was put on the list.");
  await writeFile(
    join(place.folder, "stop.xlsx"),
    xlsxOf([["username"], ["reza_1"]], [["username"], ["nima_2"]]),
  );
  const both = await place.peyk("suppress", "import", "stop.xlsx", "--json");
  expect([both.code, summaryOf(both)]).toMatchObject([0, { changed: 2, invalid: 0 }]);
});

test("lists in JSON are called lists, and an open quotation mark is told with its line", async () => {
  await using place = await createPlace(compiled);
  await place.write("two.json", '{"include":["ali_1"],"exclude":["sara_2"]}');
  await place.write("open.csv", 'username,name\nali_1,"Ali\nsara_2,Sara\n');
  const asked = await rehearse(place, "two.json");
  expect(asked.err).toContain("several lists in it hold names");
  expect(asked.err).not.toContain("several sheets");
  const broken = await rehearse(place, "open.csv");
  expect(broken.err).toContain("line 2, opens a quotation mark that is never closed");
});
