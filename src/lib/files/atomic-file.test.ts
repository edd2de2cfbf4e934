import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFileAtomically } from "./atomic-file.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atomic-file-"));
  path = join(folder, "document.json");
});

afterEach(() => rmSync(folder, { recursive: true }));

async function* madeOnTheWay(): AsyncGenerator<string> {
  yield "one ";
  await new Promise(setImmediate);
  yield "two";
}

function* breakingOff(): Generator<string> {
  yield "new";
  throw new Error("no more");
}

describe("writing a file atomically", () => {
  test("creates it, replaces it, and leaves nothing beside it", async () => {
    await writeFileAtomically(path, "a much longer first content");
    await writeFileAtomically(path, "پیک");
    expect(readFileSync(path, "utf8")).toBe("پیک");
    expect(readdirSync(folder)).toEqual(["document.json"]);
  });

  test("takes content in pieces, however many and however long", async () => {
    const pieces = Array.from({ length: 50_000 }, (_, index) => `${index},`);
    pieces.push("پ".repeat(400_000), "", "end");
    await writeFileAtomically(path, pieces);
    expect(readFileSync(path, "utf8")).toBe(pieces.join(""));
  });

  test("takes pieces that are made on the way", async () => {
    await writeFileAtomically(path, madeOnTheWay());
    expect(readFileSync(path, "utf8")).toBe("one two");
  });

  test("shows the old content until the new one is whole", async () => {
    writeFileSync(path, "old");
    function* pieces(): Generator<string> {
      yield "n".repeat(600_000);
      expect(readFileSync(path, "utf8")).toBe("old");
      yield "ew";
    }
    await writeFileAtomically(path, pieces());
    expect(readFileSync(path, "utf8")).toHaveLength(600_002);
  });

  test("keeps the old content and removes its own file when the content fails to come", async () => {
    writeFileSync(path, "old");
    await expect(writeFileAtomically(path, breakingOff())).rejects.toThrow("no more");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["document.json"]);
  });

  test("removes its own file when the old one can't be replaced", async () => {
    mkdirSync(path);
    await expect(writeFileAtomically(path, "new")).rejects.toThrow(/EISDIR|EPERM|EEXIST/);
    expect(readdirSync(folder)).toEqual(["document.json"]);
  });

  test("overwrites what a crash left of an earlier write", async () => {
    writeFileSync(`${path}.tmp`, "half of something much longer");
    await writeFileAtomically(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["document.json"]);
  });
});
