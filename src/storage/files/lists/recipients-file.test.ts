import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CorruptLogError } from "../../../lib/log/log-lines.ts";
import { namedRecipients } from "../person/named-recipients.ts";
import { formatRecipient, parseRecipient } from "./recipient-line.ts";
import type { RecipientsList } from "./list-sections.ts";
import { openRecipients } from "./recipients-file.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recipients-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a list file of `count` names `<prefix>0`, `<prefix>1`, … whose column, if any, holds "city of <name>". */
function writeList(prefix: string, count: number, columns: string[] = []): RecipientsList {
  const file = `${prefix}.jsonl`;
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const lines = names.map((name) => formatRecipient(name, columns.length > 0 ? [`city of ${name}`] : []));
  writeFileSync(join(folder, file), lines.join(""));
  return { file, count, columns };
}

describe("a line of a recipients file", () => {
  test("is read back as it was written, without empty values at its end", () => {
    const username = fc.string({ minLength: 1, maxLength: 8, unit: "binary" });
    fc.assert(
      fc.property(
        username,
        fc.array(fc.string({ unit: "binary", maxLength: 8 }), { maxLength: 5 }),
        (name, values) => {
          const line = formatRecipient(name, values);
          expect(line.indexOf("\n")).toBe(line.length - 1);
          const parsed = parseRecipient(line.slice(0, -1));
          expect(parsed.username).toBe(name);
          expect(values.map((_, index) => parsed.values[index] ?? "")).toEqual(values);
          expect(parsed.values.at(-1)).not.toBe("");
        },
      ),
    );
  });

  test.each(["", "{}", "[]", '[""]', "[1]", '["a",null]', '["a"', "null"])("can't be %j", (line) => {
    expect(() => parseRecipient(line)).toThrow(Error);
  });
});

describe("a reader of recipients", () => {
  test("finds anyone by ordinal, in whatever order they are asked for", async () => {
    const list = writeList("name", 1000, ["city"]);
    await using recipients = await openRecipients(folder, [list]);
    const ordinals = fc.array(fc.nat(999), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(ordinals, async (asked) => {
        for (const ordinal of asked) {
          const found = await recipients.read(ordinal);
          const username = `name${ordinal}`;
          expect(found).toEqual({ ordinal, username, variables: { city: `city of ${username}` } });
        }
      }),
      { numRuns: 30 },
    );
  });

  test("runs on from one file to the next, each with columns of its own", async () => {
    const lists = [writeList("a", 300), writeList("b", 0), writeList("c", 257, ["city", "note"])];
    await using recipients = await openRecipients(folder, lists);
    expect(recipients.size).toBe(557);
    const found = await Promise.all([0, 299, 300, 555, 556].map(async (ordinal) => recipients.read(ordinal)));
    expect(found.map(({ username }) => username)).toEqual(["a0", "a299", "c0", "c255", "c256"]);
    expect(found.map(({ variables }) => variables)).toEqual([
      {},
      {},
      { city: "city of c0", note: "" },
      { city: "city of c255", note: "" },
      { city: "city of c256", note: "" },
    ]);
  });

  test("answers neighbours of somebody lately read at once", async () => {
    await using recipients = await openRecipients(folder, [writeList("name", 600)]);
    let reads = 0;
    for (let ordinal = 0; ordinal < 600; ordinal++) {
      const found = recipients.read(ordinal);
      if (found instanceof Promise) reads++;
      expect((await found).username).toBe(`name${ordinal}`);
    }
    expect(reads).toBe(3);
  });

  test("reads the disk once for everyone who asks for the same place at the same time", async () => {
    await using recipients = await openRecipients(folder, [writeList("name", 600)]);
    await using anyFile = await open(join(folder, "name.jsonl"));
    using reads = vi.spyOn(Object.getPrototypeOf(anyFile), "read");
    const found = await Promise.all([5, 6, 5, 400].map(async (ordinal) => recipients.read(ordinal)));
    expect(found.map(({ ordinal }) => ordinal)).toEqual([5, 6, 5, 400]);
    expect(reads).toHaveBeenCalledTimes(2);
  });

  test("remembers where it was lately, and reads again what it had to forget", async () => {
    const count = 40 * 256;
    await using recipients = await openRecipients(folder, [writeList("name", count)]);
    for (let ordinal = 0; ordinal < count; ordinal += 256) await recipients.read(ordinal);
    expect(recipients.read(20 * 256)).toMatchObject({ username: `name${20 * 256}` });
    expect(recipients.read(3)).toBeInstanceOf(Promise);
    expect((await recipients.read(3)).username).toBe("name3");
  });

  test("reads a file of more than one chunk, with lines that cross its edges", async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `name${index}`);
    const lines = names.map((name, index) => formatRecipient(name, ["پ".repeat(index % 700)]));
    writeFileSync(join(folder, "long.jsonl"), lines.join(""));
    const list = { file: "long.jsonl", count: 3000, columns: ["note"] };
    await using recipients = await openRecipients(folder, [list]);
    for (const [ordinal, username] of names.entries())
      expect(await recipients.read(ordinal)).toMatchObject({ username, variables: { note: /^پ*$/ } });
  });

  test("takes a column that is called like something every object has", async () => {
    writeFileSync(join(folder, "odd.jsonl"), '["name","a"]\n');
    const list = { file: "odd.jsonl", count: 1, columns: ["__proto__"] };
    await using recipients = await openRecipients(folder, [list]);
    expect(Object.entries((await recipients.read(0)).variables)).toEqual([["__proto__", "a"]]);
  });

  test.each([-1, 2, NaN])("knows no recipient %d of two", async (ordinal) => {
    await using recipients = await openRecipients(folder, [writeList("name", 2)]);
    expect(() => recipients.read(ordinal)).toThrow(RangeError);
  });
});

/** So many names from one on. */
async function* people(from: number, count: number) {
  for (let nth = from; nth < from + count; nth++)
    yield { username: `name${nth}`, values: [`city of name${nth}`] };
}
const growing = (count: number): RecipientsList => ({ ...writeList("name", count, ["city"]), grows: true });

describe("a list that grows", () => {
  test("has whoever joins behind all others, whatever of it was read before, and reads the same when opened again", async () => {
    const pieces = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.nat(600), pieces, async (first, sizes) => {
        const list = growing(first);
        await using recipients = await openRecipients(folder, [writeList("before", 3), list]);
        let count = first;
        for (const size of sizes) {
          if (count > 0) await recipients.read(2 + count);
          const grown = await recipients.grow(list, people(count, size));
          expect(grown?.count).toBe(size);
          expect(recipients.size).toBe(3 + count);
          grown?.join();
          count += size;
          await using again = await openRecipients(folder, [writeList("before", 3), { ...list, count }]);
          for (const ordinal of [0, 3, 2 + count].filter((one) => one < 3 + count))
            expect(await again.read(ordinal)).toEqual(await recipients.read(ordinal));
          expect([recipients.size, again.size]).toEqual([3 + count, 3 + count]);
        }
        if (count > 0)
          expect(await recipients.read(2 + count)).toMatchObject({ username: `name${count - 1}` });
      }),
      { numRuns: 12 },
    );
  });

  test.each([
    ['["left"]\n', "whole"],
    ['["le', "half"],
  ])("counts nobody whom a process that died left behind as %j, and does not grow on", async (left) => {
    const list = growing(2);
    writeFileSync(join(folder, list.file), left, { flag: "a" });
    await using recipients = await openRecipients(folder, [list]);
    expect(recipients.size).toBe(2);
    const named = { ...list, origin: "subscribers", importedAt: 0 };
    const found = await namedRecipients(folder, [named], ["left", "name1"]);
    expect(found.map(({ ordinal }) => ordinal)).toEqual([1]);
    expect(await recipients.grow(list, people(2, 1))).toBeUndefined();
    const { grows: _, ...strict } = list;
    await expect(openRecipients(folder, [strict])).rejects.toThrow("where 2 are expected");
  });

  test("is the last one, and lacks nobody", async () => {
    const list = growing(2);
    await using recipients = await openRecipients(folder, [list, writeList("after", 1)]);
    expect(await recipients.grow(list, people(2, 1))).toBeUndefined();
    await expect(openRecipients(folder, [{ ...list, count: 3 }])).rejects.toThrow("holds 2 recipients");
  });
});

describe("a recipients file that isn't right", () => {
  const list = { file: "bad.jsonl", count: 300, columns: ["city"] };

  function writeWith(line: number, content: string | Buffer): string {
    const lines = Array.from({ length: 300 }, (_, index) => Buffer.from(`["name${index}"]\n`));
    lines[line - 1] = Buffer.from(content);
    const path = join(folder, list.file);
    writeFileSync(path, Buffer.concat(lines));
    return path;
  }

  test.each([
    ['["name"', "JSON"],
    ['["name",7]', 'is not of the form ["username","value",…]'],
    ['["name","a","b"]', "has more values than the list has columns"],
    ["\0\0\0", "JSON"],
  ])("names file and line of %j", async (content, problem) => {
    const path = writeWith(290, `${content}\n`);
    await using recipients = await openRecipients(folder, [list]);
    const reading = async (): Promise<unknown> => recipients.read(289);
    await expect(reading()).rejects.toThrow(CorruptLogError);
    await expect(reading()).rejects.toThrow(`${path}, line 290: `);
    await expect(reading()).rejects.toThrow(problem);
    expect((await recipients.read(288)).username).toBe("name288");
  });

  test("names file and line of bytes that are no text", async () => {
    const path = writeWith(290, Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d, 0x0a]));
    await using recipients = await openRecipients(folder, [list]);
    const reading = async (): Promise<unknown> => recipients.read(289);
    await expect(reading()).rejects.toThrow(`${path}, line 290: holds bytes that are no text`);
  });

  test.each([
    ["one line too few", 299, ""],
    ["one line too many", 300, '["more"]\n'],
    ["a last line that is cut off", 300, '["mor'],
  ])("is not opened with %s", async (_, count, tail) => {
    const lines = Array.from({ length: count }, (__, index) => `["name${index}"]\n`);
    writeFileSync(join(folder, list.file), lines.join("") + tail);
    const opened = openRecipients(folder, [writeList("good", 2), list]);
    await expect(opened).rejects.toThrow(/bad\.jsonl holds \d+ recipients where 300 are expected/);
  });

  test("is not opened when it is missing", async () => {
    await expect(openRecipients(folder, [list])).rejects.toThrow("ENOENT");
  });
});
