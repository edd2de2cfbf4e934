/** The promises every place keeps where what operators send lies. Each adapter's test runs this suite. */
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { UploadPlace } from "../../src/bot/uploads.ts";

export interface UploadsHarness extends AsyncDisposable {
  readonly place: UploadPlace;
  /** Reads one, as another process does. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** The place's time, later at each call. */
  now(): number;
}

async function* breaksOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(300_000);
  throw new Error("the line broke");
}

export function uploadsContract(adapter: string, create: () => Promise<UploadsHarness>): void {
  describe(`what operators sent in ${adapter}`, () => {
    let harness: UploadsHarness;
    let place: UploadPlace;
    beforeEach(async () => {
      harness = await create();
      ({ place } = harness);
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    const read = (path: string): Promise<Buffer> => buffer(Readable.from(harness.read(path)));

    test("is read as it was sent, whatever its size, until it is removed", async () => {
      const contents = [Buffer.alloc(0), Buffer.from("ali\0\xff", "latin1"), Buffer.alloc(600_000, "پیک")];
      const paths = contents.map(() => place.newPath());
      expect(new Set(paths).size).toBe(3);
      expect(await place.all()).toEqual([]);
      for (const [index, path] of paths.entries())
        await place.write(
          path,
          Readable.from([contents[index]?.subarray(0, 7), contents[index]?.subarray(7)]),
        );
      for (const [index, path] of paths.entries())
        expect((await read(path)).equals(contents[index] ?? Buffer.of())).toBe(true);
      const [first = "", second = "", third = ""] = paths;
      await place.remove(second);
      await place.remove(second);
      expect([await place.has(first), await place.has(second), await place.has(third)]).toEqual([
        true,
        false,
        true,
      ]);
      await expect(read(second)).rejects.toThrow(/gone|ENOENT/);
      expect((await place.all()).map(({ path }) => path).toSorted()).toEqual([first, third].toSorted());
    });

    test("is replaced by what is sent once more, and of what broke off nothing passes for whole", async () => {
      const path = place.newPath();
      await expect(place.write(path, breaksOff())).rejects.toThrow("the line broke");
      await place.write(path, Readable.from([Buffer.from("sara")]));
      expect(String(await read(path))).toBe("sara");
    });

    test("says since when it is there", async () => {
      const path = place.newPath();
      const before = harness.now();
      await place.write(path, Readable.from([Buffer.from("a")]));
      const [kept] = await place.all();
      expect(kept?.path).toBe(path);
      expect(kept?.at).toBeGreaterThanOrEqual(before);
      expect(kept?.at).toBeLessThanOrEqual(harness.now());
    });
  });
}
