import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { MadeFile } from "../lib/files/made-file.ts";
import { writtenTo } from "./out-file.ts";
import { plainWords } from "../../tests/support/plain-words.ts";

const poured: (string | Uint8Array)[] = [];
const output = { isJson: false, pour: async (piece: string | Uint8Array) => void poured.push(piece) };
const keep = async ({ name }: MadeFile): Promise<string> => `exports/${name}`;
const how = { words: plainWords, output, keep };
const file: MadeFile = {
  name: "people.csv",
  open: () => ["a,", "b"],
  beside: { ending: ".facts.json", text: "{}" },
};

test("writes the file that was named and what stands beside it, and keeps it where none was", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-out-"));
  const path = join(folder, "mine.csv");
  expect(await writtenTo({ ...how, out: path }, file)).toBe(path);
  expect(await readFile(path, "utf8")).toBe("a,b");
  expect(await readFile(join(folder, "mine.facts.json"), "utf8")).toBe("{}");
  await rm(folder, { recursive: true });
  expect(await writtenTo({ ...how, out: undefined }, file)).toBe("exports/people.csv");
});

test("names the file that can't be written, and leaves other mistakes alone", async () => {
  await expect(writtenTo({ ...how, out: "no/where.csv" }, file)).rejects.toThrow(
    "--out no/where.csv can't be written (ENOENT).",
  );
  const mistake = new TypeError("a mistake");
  const open = (): never => {
    throw mistake;
  };
  await expect(writtenTo({ ...how, out: join(tmpdir(), "a.csv") }, { name: "a", open })).rejects.toBe(
    mistake,
  );
});

test("takes - for standard output, which can't hold JSON lines as well", async () => {
  expect(await writtenTo({ ...how, out: "-" }, file)).toBe("-");
  expect(poured).toEqual(["a,", "b"]);
  const json = { ...output, isJson: true };
  await expect(writtenTo({ ...how, out: "-", output: json }, file)).rejects.toThrow("--json");
});
