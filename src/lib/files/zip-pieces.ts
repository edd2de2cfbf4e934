/** Writing a zip archive piece by piece: what it holds may be larger than memory, and nothing is ever gone back to. */
import { createDeflateRaw, crc32 } from "node:zlib";

/** One file of an archive. */
export interface ZipFile {
  /** Path inside the archive, in ASCII. */
  readonly name: string;
  readonly content: AsyncIterable<string>;
}

interface Written {
  readonly name: Buffer;
  readonly start: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
}

/** Sizes and checksum stand behind the content (bit 3 of the flags), because they are only known then. */
const FLAGS = 8;
const DEFLATED = 8;
const VERSION = 20;
/** 1980-01-01, the first date a zip can hold: the same content makes the same bytes. */
const DATE = 0x21;

/**
 * Packs files into an archive of less than 4 GB, as one reads it from the first byte to the last.
 * @throws {RangeError} when it grows larger
 */
export async function* zipPieces(files: Iterable<ZipFile>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const start = offset;
    const entry = { name: Buffer.from(name), start, crc: 0, packed: 0, unpacked: 0 };
    for await (const piece of filePieces(entry, content)) {
      offset += piece.length;
      yield piece;
    }
    written.push(entry);
  }
  if (offset > 0xfff00000) throw new RangeError("the archive is larger than 4 GB");
  yield directoryOf(written, offset);
}

async function* filePieces(
  entry: { name: Buffer; crc: number; packed: number; unpacked: number },
  content: AsyncIterable<string>,
): AsyncGenerator<Buffer> {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  commonFields({ ...entry, crc: 0, packed: 0, unpacked: 0 }).copy(header, 4);
  yield Buffer.concat([header, entry.name]);
  for await (const piece of deflated(entry, content)) {
    entry.packed += piece.length;
    yield piece;
  }
  const trailer = Buffer.alloc(16);
  trailer.writeUInt32LE(0x08074b50, 0);
  trailer.writeUInt32LE(entry.crc, 4);
  trailer.writeUInt32LE(entry.packed, 8);
  trailer.writeUInt32LE(entry.unpacked, 12);
  yield trailer;
}

async function* deflated(
  entry: { crc: number; unpacked: number },
  content: AsyncIterable<string>,
): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw();
  const filling = fill(packer, entry, content);
  filling.catch((error: Error) => packer.destroy(error));
  for await (const piece of packer as AsyncIterable<Buffer>) yield piece;
  await filling;
}

async function fill(
  packer: ReturnType<typeof createDeflateRaw>,
  entry: { crc: number; unpacked: number },
  content: AsyncIterable<string>,
): Promise<void> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    entry.crc = crc32(bytes, entry.crc);
    entry.unpacked += bytes.length;
    if (!packer.write(bytes)) await new Promise((resolve) => packer.once("drain", resolve));
  }
  packer.end();
}

/** The 26 bytes that a file's own header and the directory have in common. */
function commonFields({ name, crc, packed, unpacked }: Omit<Written, "start">): Buffer {
  const fields = Buffer.alloc(26);
  for (const [index, value] of [VERSION, FLAGS, DEFLATED, 0, DATE].entries())
    fields.writeUInt16LE(value, index * 2);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(unpacked, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function directoryOf(written: readonly Written[], start: number): Buffer {
  const entries = written.map((entry) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(VERSION, 4);
    commonFields(entry).copy(head, 6);
    head.writeUInt32LE(entry.start, 42);
    return Buffer.concat([head, entry.name]);
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([directory, end]);
}
