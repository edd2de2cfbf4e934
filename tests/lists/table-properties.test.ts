/** What holds for every table, whatever its cells, its separator and what stands above it. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createInProcessReader } from "../../src/lists/reader/in-process-reader.ts";
import { BrokenList } from "../../src/lists/row.ts";

interface Person {
  readonly username: string;
  readonly values: readonly string[];
}

async function peopleIn(text: string): Promise<readonly Person[] | string> {
  await using reader = createInProcessReader();
  try {
    const opened = await reader.read({ kind: "text", text });
    if ("question" in opened) return opened.question.ask;
    if ("problem" in opened) return opened.problem;
    const people: Person[] = [];
    for await (const { names } of opened.batches) people.push(...names);
    return people;
  } catch (error) {
    if (error instanceof BrokenList) return "broken";
    throw error;
  }
}

/** A name that no list takes for anything else. */
const username = fc.stringMatching(/^[a-z]{3,8}_[0-9]{1,4}$/);
/** Whatever people write into a cell. Blanks around it don't count. */
const cell = fc
  .array(fc.constantFrom("a", "ب", "7", ",", ";", "\t", "|", '"', "'", " ", "\n", "@x_1", "#", "="), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join("").trim());
const separator = fc.constantFrom(",", ";", "\t", "|");

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const table = fc.uniqueArray(fc.record({ username, note: cell, city: cell }), {
  selector: (one) => one.username,
  minLength: 1,
  maxLength: 12,
});

test("what is quoted by the rules comes back letter by letter, for every separator", async () => {
  await fc.assert(
    fc.asyncProperty(table, separator, async (people, parted) => {
      const rows = people.map((one) => [one.note, one.username, one.city].map(quoted).join(parted));
      const text = [["note", "username", "city"].join(parted), ...rows].join("\r\n");
      const asRead = people.map((one) => ({
        username: one.username,
        values: [one.note, one.city].map((value) => value.replace(/^="([^"]*)"$/, "$1").trim()),
      }));
      expect(withoutBlankColumns(await peopleIn(text))).toEqual(withoutBlankColumns(asRead));
    }),
  );
});

/** Columns stay when they have a heading, so nothing changes here but how a failure reads. */
function withoutBlankColumns(people: readonly Person[] | string): unknown {
  return typeof people === "string" ? people : people.map((one) => [one.username, ...one.values]);
}

test("titles, comments, blank rows and headings again make nobody and lose nobody", async () => {
  const between = fc.constantFrom("", "   ", "# a comment of somebody", "name,username,city", ",,");
  const above = fc.array(fc.constantFrom("Report of May", "", "# exported today, by hand", ",,"), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(table, above, fc.array(between, { maxLength: 12 }), async (people, titles, noise) => {
      const rows = people.flatMap((one, index) => [`Ali,${one.username},Yazd`, noise[index] ?? ""]);
      const read = await peopleIn([...titles, "name,username,city", ...rows].join("\n"));
      expect(typeof read === "string" ? read : read.map((one) => one.username)).toEqual(
        people.map((one) => one.username),
      );
    }),
  );
});

test("a table of so many rows never has more people", async () => {
  const anything = fc.oneof(cell, username, fc.constantFrom("username", "@ali_1", "name", "", "t.me/sara_2"));
  const row = fc.array(anything, { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 10 }), separator, async (rows, parted) => {
      const text = ["name", "username"].join(parted);
      const lines = rows.map((cells) => cells.map((one) => one.replaceAll("\n", " ")).join(parted));
      const people = await peopleIn([text, ...lines].join("\n"));
      if (typeof people !== "string") expect(people.length).toBeLessThanOrEqual(rows.length);
    }),
    { numRuns: 300 },
  );
});

test("bare words in a table without a header become nobody without a question", async () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, word), { minLength: 2, maxLength: 10 }), async (rows) => {
      const people = await peopleIn(rows.map((cells) => cells.join(",")).join("\n"));
      expect(typeof people).toBe("string");
    }),
  );
});
