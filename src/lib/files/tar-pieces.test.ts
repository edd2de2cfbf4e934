import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BadArchiveError, tarEntries, tarPieces } from "./tar-pieces.ts";

const name = fc.stringMatching(/^[a-z]{1,90}(\/[a-z._-]{1,60}){0,1}$/);
const file = fc.record({ name, content: fc.uint8Array({ maxLength: 1500 }) });
type File = { readonly name: string; readonly content: Uint8Array };

async function packed(files: readonly File[]): Promise<Buffer> {
  const given = async function* () {
    for (const { name: called, content } of files)
      yield { name: called, bytes: content.length, content: [content] };
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of tarPieces(given())) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function unpacked(bytes: Uint8Array, step = bytes.length): Promise<File[]> {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  };
  const files: File[] = [];
  for await (const entry of tarEntries(pieces())) {
    const content: Buffer[] = [];
    for await (const piece of entry.content) content.push(piece);
    files.push({ name: entry.name, content: new Uint8Array(Buffer.concat(content)) });
  }
  return files;
}

test("gives back what was packed, in whatever pieces it comes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 4 }),
      fc.integer({ min: 1, max: 700 }),
      async (files, step) => {
        const kept = files.map(({ name: called, content }) => ({
          name: called,
          content: new Uint8Array(content),
        }));
        expect(await unpacked(await packed(files), step)).toEqual(kept);
      },
    ),
    { numRuns: 30 },
  );
});

test("says of one that is cut off, damaged in a header or of another kind that it is none", async () => {
  const whole = await packed([{ name: "a/b", content: new Uint8Array(600).fill(7) }]);
  await expect(unpacked(whole.subarray(0, 900))).rejects.toThrow(BadArchiveError);
  const damaged = Buffer.from(whole);
  damaged[3] = 1;
  await expect(unpacked(damaged)).rejects.toThrow(BadArchiveError);
  await expect(unpacked(Buffer.alloc(512, 65))).rejects.toThrow(BadArchiveError);
});

test("is opened by the tar of this machine", async () => {
  const folder = mkdtempSync(join(tmpdir(), "peyk-tar-"));
  try {
    const long = `campaigns/${"c".repeat(64)}/task_checkpoint_${"c".repeat(64)}.json`;
    writeFileSync(join(folder, "a.tar"), await packed([{ name: long, content: Buffer.from("hello") }]));
    execFileSync("tar", ["-xf", "a.tar"], { cwd: folder });
    expect(readFileSync(join(folder, long), "utf8")).toBe("hello");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
