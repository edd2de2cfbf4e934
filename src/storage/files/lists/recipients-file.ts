/**
 * Recipients by ordinal, straight from the campaign's list files: what a million names take in memory is the places of
 * their blocks. A line never changes once written, and only a list that grows gets more; anything in them that can't be
 * understood is an error that names file and line.
 */
import { isUtf8 } from "node:buffer";
import { variablesOf } from "../../../domain/known-values.ts";
import type { Ordinal, Recipient, Variables } from "../../../domain/recipient.ts";
import { NO_TEXT, CorruptLogError, firstUnreadable } from "../../../lib/log/log-lines.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { LINES_PER_BLOCK } from "./line-blocks.ts";
import type { RecipientsList, Section, Version } from "./list-sections.ts";
import { closeSection, grownSection, openSection } from "./list-sections.ts";
import type { RecipientLine } from "./recipient-line.ts";
import { parseRecipient } from "./recipient-line.ts";

/** People who are on disk and have not joined yet: one of the two ends that. */
export interface PreparedList {
  readonly join: () => void;
  readonly discard: () => Promise<void>;
}

interface Block {
  readonly version: Version;
  readonly section: Section;
  /** Ordinal of the first line. */
  readonly first: Ordinal;
  readonly lines: readonly string[];
}

/** Blocks kept: enough for those who go through the list and those who come back to single names at the same time. */
const BLOCKS_KEPT = 32;

const NO_VARIABLES: Variables = Object.freeze({});

/**
 * Opens list files as one row of recipients; ordinals run on from one file to the next.
 * @throws When a file is missing or holds another number of recipients than its list says
 */
export async function openRecipients(
  folder: string,
  lists: readonly RecipientsList[],
): Promise<RecipientsReader> {
  const reader = new RecipientsReader(folder);
  try {
    for (const list of lists) (await reader.prepare(list)).join();
    return reader;
  } catch (error) {
    await reader[Symbol.asyncDispose]();
    throw error;
  }
}

export class RecipientsReader implements AsyncDisposable {
  readonly #folder: string;
  readonly #sections: Section[] = [];
  /** By {@link blockKey}; oldest first. */
  readonly #blocks = new Map<number, Block>();
  readonly #loading = new Map<number, Promise<Block>>();
  #lastVersion = 0;

  /** Use {@link openRecipients}. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** How many recipients there are, over all files. */
  get size(): number {
    return this.#sections.at(-1)?.end ?? 0;
  }

  /** Opens one more list, whose people come behind all others once they join. */
  async prepare(list: RecipientsList): Promise<PreparedList> {
    const section = await openSection(this.#folder, list, { first: this.size, number: this.#nextNumber });
    return { join: () => void this.#sections.push(section), discard: () => closeSection(section) };
  }

  /**
   * Writes people behind the last ones of the last list, whose file it must be; they count once the list says so. Undefined
   * where something stands there already that does not count: whoever wrote it died, or it could not be written whole.
   */
  async grow(
    { file }: Pick<RecipientsList, "file">,
    people: AsyncIterable<RecipientLine>,
  ): Promise<(PreparedList & { readonly count: number }) | undefined> {
    const last = this.#sections.at(-1);
    const grown = last && (await grownSection(last, file, { people, number: this.#nextNumber }));
    if (!grown) return undefined;
    return {
      count: grown.end - last.end,
      join: () => void this.#sections.splice(-1, 1, grown),
      discard: () => Promise.resolve(), // its handle is that of who was there before
    };
  }

  /**
   * Finds a recipient; at once when one near it was read lately, else with one read of the disk.
   * @param revision Of the campaign: the values are those that counted then; by default those that count now
   * @throws {CorruptLogError} naming file and line
   */
  read(ordinal: Ordinal, revision = Infinity): Recipient | Promise<Recipient> {
    const section = this.#sectionOf(ordinal);
    const first = ordinal - ((ordinal - section.first) % LINES_PER_BLOCK);
    const version = versionAt(section, revision);
    const block = this.#blocks.get(blockKey(version, first));
    if (block) return recipientIn(block, ordinal);
    return this.#load({ section, version, first }).then((loaded) => recipientIn(loaded, ordinal));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#loading.values());
    await Promise.all(this.#sections.map(closeSection));
  }

  readonly #nextNumber = (): number => ++this.#lastVersion;

  #sectionOf(ordinal: Ordinal): Section {
    for (const section of this.#sections)
      if (ordinal >= section.first && ordinal < section.end) return section;
    throw new RangeError(`There is no recipient ${ordinal}: there are ${this.size}`);
  }

  /** Several who want the same block at the same time share one read. */
  #load(place: Place): Promise<Block> {
    const key = blockKey(place.version, place.first);
    const loading = this.#loading.get(key);
    if (loading) return loading;
    const loaded = readBlock(place)
      .then((block) => this.#keep(key, block))
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loaded);
    return loaded;
  }

  #keep(key: number, block: Block): Block {
    this.#blocks.set(key, block);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > BLOCKS_KEPT && oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }
}

type Place = Omit<Block, "lines">;

/** More recipients than any campaign has. */
const MOST_RECIPIENTS = 2 ** 32;

function blockKey({ number }: Version, first: Ordinal): number {
  return number * MOST_RECIPIENTS + first;
}

function versionAt({ versions }: Section, revision: number): Version {
  let index = versions.length - 1;
  while (index > 0 && (versions[index]?.revision ?? 0) > revision) index--;
  const counted = versions[index];
  if (!counted) throw new RangeError("a list has no file");
  return counted;
}

async function readBlock({ section, version, first }: Place): Promise<Block> {
  const { file, path, blockStarts } = version;
  const index = (first - section.first) / LINES_PER_BLOCK;
  const [start = 0, end = 0] = blockStarts.subarray(index, index + 2);
  const bytes = Buffer.allocUnsafe(end - start);
  for (let read = 0; read < bytes.length;) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, start + read);
    if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
    read += bytesRead;
  }
  if (!isUtf8(bytes)) {
    const line = first - section.first + firstUnreadable(bytes);
    throw new CorruptLogError(path, line, NO_TEXT);
  }
  return { section, version, first, lines: bytes.toString().split("\n") };
}

function recipientIn({ section, version, first, lines }: Block, ordinal: Ordinal): Recipient {
  try {
    const { username, values } = parseRecipient(lines[ordinal - first] ?? "");
    return { ordinal, username, variables: checkedVariables(version.columns, values) };
  } catch (error) {
    throw new CorruptLogError(version.path, ordinal - section.first + 1, error);
  }
}

/** @throws {TroubledError} for more values than columns: the line is of another list */
function checkedVariables(columns: readonly string[], values: readonly string[]): Variables {
  if (values.length > columns.length)
    throw new TroubledError("has more values than the list has columns", { code: "lineTooManyValues" });
  return columns.length === 0 ? NO_VARIABLES : variablesOf(columns, values);
}
