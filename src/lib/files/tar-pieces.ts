/**
 * Archives in the format that every `tar` reads (POSIX ustar), written piece by piece and read the same way: what they hold
 * may be larger than memory, and nothing is ever gone back to.
 */

/** One file of an archive; its size stands before its content. */
export interface TarFile {
  /** Path inside the archive, in ASCII, with `/`. */
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const BLOCK = 512;

/** What is no such archive, or one that ends too early. */
export class BadArchiveError extends Error {
  override readonly name = "BadArchiveError";
}

/**
 * Packs files in their order.
 * @throws {BadArchiveError} for a name that has no room in a header, or a content of another length than was said
 */
export async function* tarPieces(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  for await (const { name, bytes, content } of files) {
    yield headerOf(name, bytes);
    let written = 0;
    for await (const piece of content) {
      written += piece.length;
      yield piece;
    }
    if (written !== bytes) throw new BadArchiveError(`${name} changed while it was read`);
    yield Buffer.alloc(paddingAfter(bytes));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function paddingAfter(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK;
}

/** A regular file that its owner alone may read; no times and no names of people, so the same files make the same bytes. */
function headerOf(path: string, bytes: number): Buffer {
  const { prefix, name } = parted(path);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, "latin1");
  header.write("0000600\0", 100, "latin1");
  header.write("0000000\0", 108, "latin1");
  header.write("0000000\0", 116, "latin1");
  header.write(`${bytes.toString(8).padStart(11, "0")} `, 124, "latin1");
  header.write("00000000000 ", 136, "latin1");
  header.write("        ", 148, "latin1");
  header.write("0", 156, "latin1");
  header.write("ustar", 257, "latin1");
  header.write("00", 263, "latin1");
  header.write(prefix, 345, "latin1");
  header.write(`${sumOf(header).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

const [LONGEST_NAME, LONGEST_PREFIX, MOST_BYTES] = [100, 155, 8 ** 11 - 1];

function parted(path: string): { readonly prefix: string; readonly name: string } {
  if (path.length <= LONGEST_NAME) return { prefix: "", name: path };
  const at = path.indexOf("/", path.length - LONGEST_NAME - 1);
  if (at < 0 || at > LONGEST_PREFIX) throw new BadArchiveError(`${path} is too long a name`);
  return { prefix: path.slice(0, at), name: path.slice(at + 1) };
}

/** Of the header's bytes, its own field counting as blanks. */
function sumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** One file as it is read; its content must be read to its end before the next is asked for. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
  readonly content: AsyncGenerator<Buffer>;
}

/**
 * Reads an archive of regular files, one after another.
 * @throws {BadArchiveError} when it is none, or ends before its end
 */
export async function* tarEntries(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = new ByteSource(pieces);
  for (;;) {
    const header = await source.exactly(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const { name, bytes } = readHeader(header);
    const content = source.next(bytes);
    yield { name, bytes, content };
    for await (const _ of content); // whoever looked at the name alone
    await source.exactly(paddingAfter(bytes));
  }
}

function readHeader(header: Buffer): { readonly name: string; readonly bytes: number } {
  const text = (from: number, length: number): string =>
    header.toString("latin1", from, from + length).split("\0")[0] ?? "";
  const isOurs =
    text(257, 5) === "ustar" && Number.parseInt(text(148, 8), 8) === sumOf(header) && text(156, 1) === "0";
  const bytes = Number.parseInt(text(124, 12), 8);
  if (!isOurs || !(bytes >= 0 && bytes <= MOST_BYTES)) throw new BadArchiveError("it is no archive of files");
  const prefix = text(345, LONGEST_PREFIX);
  return { name: prefix === "" ? text(0, LONGEST_NAME) : `${prefix}/${text(0, LONGEST_NAME)}`, bytes };
}

/** Bytes that come in pieces of any size, taken in pieces of the size that is wanted. */
class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async exactly(length: number): Promise<Buffer> {
    const taken: Buffer[] = [];
    for await (const piece of this.next(length)) taken.push(piece);
    return Buffer.concat(taken);
  }

  async *next(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (this.#held.length === 0) await this.#more();
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#pieces.next();
    if (done === true) throw new BadArchiveError("it ends before its end");
    this.#held = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}
