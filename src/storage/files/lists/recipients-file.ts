/**
 * Recipients by ordinal, straight from the campaign's list files: what a million names take in memory is the places of
 * their blocks. The files never change once written; anything in them that can't be understood is an error that names
 * file and line.
 */
import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { CampaignList } from "../../../domain/campaign.ts";
import type { Ordinal, Recipient, Variables } from "../../../domain/recipient.ts";
import { NO_TEXT, CorruptLogError, firstUnreadable } from "../../../lib/log/log-lines.ts";
import { LINES_PER_BLOCK, findBlocks } from "./line-blocks.ts";
import { parseRecipient } from "./recipient-line.ts";
import { TroubledError } from "../../../lib/trouble.ts";

/** What must be known of a list file to read it. */
export type RecipientsList = Pick<CampaignList, "file" | "count" | "columns" | "corrections">;

/** The people of one list file and the ordinals they have. */
interface Section {
  readonly first: Ordinal;
  readonly end: Ordinal;
  /** Oldest first, and never empty: the file itself, then its corrections. */
  readonly versions: readonly Version[];
}

/** A file with the values that counted from one revision on. */
interface Version {
  /** Unlike any other's of the reader. */
  readonly number: number;
  readonly revision: number;
  readonly path: string;
  readonly columns: readonly string[];
  readonly file: FileHandle;
  readonly blockStarts: Float64Array;
}

/** A list that is open and whose people have not joined yet: one of the two ends that. */
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
  const sections: Section[] = [];
  try {
    for (const list of lists) sections.push(await openSection(folder, list, sections));
    return new RecipientsReader(folder, sections);
  } catch (error) {
    await Promise.all(sections.map(closeSection));
    throw error;
  }
}

/** @param before The sections that it comes behind */
async function openSection(
  folder: string,
  list: RecipientsList,
  before: readonly Section[],
): Promise<Section> {
  const first = before.at(-1)?.end ?? 0;
  const known = before.reduce((sum, { versions }) => sum + versions.length, 0);
  const versions: Version[] = [];
  const files: FileHandle[] = [];
  try {
    for (const { revision, file: name, columns } of versionsOf(list)) {
      const path = join(folder, name);
      const file = await open(path, "r");
      files.push(file);
      const blockStarts = await findBlocks(file, path, list.count);
      versions.push({ number: known + files.length, revision, path, columns, file, blockStarts });
    }
    return { first, end: first + list.count, versions };
  } catch (error) {
    await Promise.all(files.map((file) => file.close()));
    throw error;
  }
}

async function closeSection({ versions }: Section): Promise<void> {
  await Promise.all(versions.map(({ file }) => file.close()));
}

function versionsOf({ file, columns, corrections = [] }: RecipientsList) {
  return [{ revision: 0, file, columns }, ...corrections];
}

export class RecipientsReader implements AsyncDisposable {
  readonly #folder: string;
  readonly #sections: Section[];
  /** By {@link blockKey}; oldest first. */
  readonly #blocks = new Map<number, Block>();
  readonly #loading = new Map<number, Promise<Block>>();

  /** Use {@link openRecipients}. */
  constructor(folder: string, sections: readonly Section[]) {
    this.#folder = folder;
    this.#sections = [...sections];
  }

  /** How many recipients there are, over all files. */
  get size(): number {
    return this.#sections.at(-1)?.end ?? 0;
  }

  /** Opens one more list, whose people come behind all others once they join. */
  async prepare(list: RecipientsList): Promise<PreparedList> {
    const section = await openSection(this.#folder, list, this.#sections);
    return { join: () => void this.#sections.push(section), discard: () => closeSection(section) };
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
    return { ordinal, username, variables: variablesOf(version.columns, values) };
  } catch (error) {
    throw new CorruptLogError(version.path, ordinal - section.first + 1, error);
  }
}

function variablesOf(columns: readonly string[], values: readonly string[]): Variables {
  if (values.length > columns.length)
    throw new TroubledError("has more values than the list has columns", { code: "lineTooManyValues" });
  if (columns.length === 0) return NO_VARIABLES;
  const variables: Record<string, string> = {};
  for (let index = 0; index < columns.length; index++)
    setOwn(variables, columns[index] ?? "", values[index] ?? "");
  return variables;
}

/** Sets plainly, which is twice as fast as Object.fromEntries, but where a plain assignment would set the prototype. */
function setOwn(variables: Record<string, string>, column: string, value: string): void {
  if (column !== "__proto__") variables[column] = value;
  else Object.defineProperty(variables, column, { value, enumerable: true });
}
