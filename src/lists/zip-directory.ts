/** One file inside a zip, as the archive's directory declares it. Declarations may lie. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  /** Sizes in bytes. */
  readonly packed: number;
  readonly unpacked: number;
  /** Where its own header begins, and its content. */
  readonly start: number;
  readonly contentStart: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** Marks in the directory: sizes of 64 bits stand in the extra field of this id. */
const SEE_LONG_SIZES = 0xffffffff;
const LONG_SIZES = 1;
/** A trailer that some writers put behind each file: its checksum and sizes. */
const LONGEST_TRAILER = 24;
/** The end record is 22 bytes, with a comment of up to 64 KB behind it. */
const END_SEARCHED = 22 + 0xffff;

/**
 * Reads the directory of a zip file. Answers undefined unless the archive is whole and plain: every file where the
 * directory says, and nothing hidden between them that another reader might find.
 */
export function zipDirectory(zip: Buffer): readonly ZipEntry[] | undefined {
  try {
    return readDirectory(zip);
  } catch {
    return undefined; // an offset that points outside of the file
  }
}

function readDirectory(zip: Buffer): readonly ZipEntry[] | undefined {
  const end = endOfDirectory(zip);
  if (end === undefined) return undefined;
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  let at = directory;
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) return undefined;
    entries.push(readEntry(zip, at));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return isWhole(entries, directory) ? entries : undefined;
}

function endOfDirectory(zip: Buffer): number | undefined {
  const earliest = Math.max(0, zip.length - END_SEARCHED);
  for (let at = zip.length - 22; at >= earliest; at--)
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  return undefined;
}

function readEntry(zip: Buffer, at: number): ZipEntry {
  const nameLength = zip.readUInt16LE(at + 28);
  const start = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(start) !== LOCAL_HEADER) throw new RangeError("no file where the directory says");
  const long = longSizes(zip, at + 46 + nameLength, zip.readUInt16LE(at + 30));
  const unpacked = zip.readUInt32LE(at + 24);
  const packed = zip.readUInt32LE(at + 20);
  return {
    name: zip.toString("utf8", at + 46, at + 46 + nameLength),
    isDeflated: zip.readUInt16LE(at + 10) === 8,
    unpacked: unpacked === SEE_LONG_SIZES ? (long.shift() ?? unpacked) : unpacked,
    packed: packed === SEE_LONG_SIZES ? (long.shift() ?? packed) : packed,
    start,
    contentStart: start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28),
  };
}

/** Sizes of 64 bits, which some writers give although small ones would do, in the order in which they are missed. */
function longSizes(zip: Buffer, start: number, length: number): number[] {
  for (let at = start; at + 4 <= start + length; at += 4 + zip.readUInt16LE(at + 2)) {
    if (zip.readUInt16LE(at) !== LONG_SIZES) continue;
    const count = Math.floor(zip.readUInt16LE(at + 2) / 8);
    return Array.from({ length: count }, (_, index) => Number(zip.readBigUInt64LE(at + 4 + 8 * index)));
  }
  return [];
}

/** The files must follow one another from the first byte to the directory, with no room for a hidden one. */
function isWhole(entries: readonly ZipEntry[], directory: number): boolean {
  let end = 0;
  for (const entry of entries.toSorted((one, other) => one.start - other.start)) {
    if (entry.start < end || entry.start > end + LONGEST_TRAILER) return false;
    end = entry.contentStart + entry.packed;
  }
  return end <= directory && directory <= end + LONGEST_TRAILER;
}
