import { BrokenList, ListTooLarge } from "../row.ts";
import type { Archive } from "./archive.ts";
import { createTextCollector } from "./text-collector.ts";
import { readXml } from "./xml.ts";

/** The texts that cells refer to by number. */
export interface SharedStrings {
  /** @throws {BrokenList} when there is none of this number */
  at(index: number): string;
}

const SLAB_BYTES = 1 << 20;
/** Four for each row that a sheet can hold; a file that Telegram delivers has room for no more. */
const MOST_STRINGS = 4 << 20;

/**
 * Reads the texts of a workbook. They are kept as bytes and made into a string when asked for: millions of them then
 * take little more memory than their letters.
 */
export async function readSharedStrings(archive: Archive, part: string | undefined): Promise<SharedStrings> {
  const texts = createTexts();
  if (part !== undefined) {
    const collector = createTextCollector("si");
    await readXml(archive.text(part), {
      open: (name) => collector.open(name),
      text: (text) => collector.text(text),
      close(name) {
        const whole = collector.close(name);
        if (whole !== undefined) texts.add(whole);
      },
    });
  }
  return texts;
}

/** A text never crosses from one slab into the next: a cell holds less than a tenth of one. */
function createTexts(): SharedStrings & { add(text: string): void } {
  const slabs: Buffer[] = [];
  const places: number[] = []; // start and end of each, in bytes over all slabs
  let end = 0;
  return {
    add(text) {
      if (places.length === 2 * MOST_STRINGS) throw new ListTooLarge();
      const length = Buffer.byteLength(text);
      if (end + length > slabs.length * SLAB_BYTES) {
        end = slabs.length * SLAB_BYTES;
        slabs.push(Buffer.allocUnsafe(SLAB_BYTES));
      }
      slabs.at(-1)?.write(text, end % SLAB_BYTES);
      places.push(end, end + length);
      end += length;
    },
    at(index) {
      const start = places[2 * index];
      const stop = places[2 * index + 1];
      if (start === undefined || stop === undefined) throw new BrokenList("xlsx");
      const slab = Math.floor(start / SLAB_BYTES);
      return slabs[slab]?.toString("utf8", start % SLAB_BYTES, stop - slab * SLAB_BYTES) ?? "";
    },
  };
}
