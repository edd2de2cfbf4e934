import * as fc from "fast-check";
import { expect, test } from "vitest";
import { zipOf } from "../../tests/support/xlsx.ts";
import { unpackingRisk } from "./zip-bomb.ts";
import { zipDirectory } from "./zip-directory.ts";

const files = [
  { name: "a.xml", content: "<a/>" },
  { name: "xl/ب.xml", content: "<b/>".repeat(100) },
];

test("lists every file with its sizes", () => {
  const entries = zipDirectory(zipOf(files));
  expect(entries?.map(({ name, unpacked, isDeflated }) => [name, unpacked, isDeflated])).toEqual([
    ["a.xml", 4, true],
    ["xl/ب.xml", 400, true],
  ]);
});

test("reads sizes of 64 bits where a writer gave them", () => {
  const entries = zipDirectory(zipOf(files.map((file) => ({ ...file, hasLongSizes: true }))));
  expect(entries?.map(({ unpacked }) => unpacked)).toEqual([4, 400]);
});

test("an archive with a file between its files is not whole", () => {
  expect(zipDirectory(zipOf([...files, { name: "c", content: "hidden", isHidden: true }]))).toBeUndefined();
});

test("an archive cut off anywhere is not whole, and never an exception", () => {
  const zip = zipOf(files);
  fc.assert(
    fc.property(fc.nat(zip.length - 1), (length) => {
      expect(zipDirectory(zip.subarray(0, length))).toBeUndefined();
    }),
  );
});

test("damage is either harmless or seen, and never an exception", async () => {
  const byte = fc.record({ at: fc.nat(zipOf(files).length - 1), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(byte, async ({ at, value }) => {
      const zip = zipOf(files);
      zip[at] = value;
      const entries = zipDirectory(zip);
      if (entries) expect(["none", "bomb", "broken"]).toContain(await unpackingRisk(zip, entries));
    }),
  );
});
