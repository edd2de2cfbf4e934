import { resolve } from "node:path";
import { expect, test } from "vitest";
import { writtenTo } from "./out-file.ts";
import { plainWords } from "../../tests/support/plain-words.ts";

const poured: (string | Uint8Array)[] = [];
const output = { isJson: false, pour: async (piece: string | Uint8Array) => void poured.push(piece) };

test("gives the whole path of the file that was named, and none where none was", async () => {
  expect(await writtenTo({ words: plainWords, out: "people.csv", output }, async (place) => place)).toEqual({
    path: resolve("people.csv"),
  });
  expect(await writtenTo({ words: plainWords, out: undefined, output }, async (place) => place)).toEqual({});
});

test("names the file that can't be written, and leaves other mistakes alone", async () => {
  const missing = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" });
  await expect(
    writtenTo({ words: plainWords, out: "no/where.csv", output }, () => Promise.reject(missing)),
  ).rejects.toThrow("--out no/where.csv can't be written (ENOENT).");
  const mistake = new TypeError("a mistake");
  await expect(
    writtenTo({ words: plainWords, out: "a.csv", output }, () => Promise.reject(mistake)),
  ).rejects.toBe(mistake);
});

test("takes - for standard output, which can't hold JSON lines as well", async () => {
  await writtenTo({ words: plainWords, out: "-", output }, async ({ into }) => into?.("a,b"));
  expect(poured).toEqual(["a,b"]);
  const json = { ...output, isJson: true };
  await expect(
    writtenTo({ words: plainWords, out: "-", output: json }, async () => undefined),
  ).rejects.toThrow("--json");
});
