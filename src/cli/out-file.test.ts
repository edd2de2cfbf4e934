import { resolve } from "node:path";
import { expect, test } from "vitest";
import { writtenTo } from "./out-file.ts";

test("gives the whole path of the file that was named, and none where none was", async () => {
  expect(await writtenTo("people.csv", async (place) => place)).toEqual({ path: resolve("people.csv") });
  expect(await writtenTo(undefined, async (place) => place)).toEqual({});
});

test("names the file that can't be written, and leaves other mistakes alone", async () => {
  const missing = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT" });
  await expect(writtenTo("no/where.csv", () => Promise.reject(missing))).rejects.toThrow(
    "--out no/where.csv can't be written (ENOENT).",
  );
  const mistake = new TypeError("a mistake");
  await expect(writtenTo("a.csv", () => Promise.reject(mistake))).rejects.toBe(mistake);
});
