/** The list files of a campaign, open for reading: each is a section of its people, with the places of the blocks. */
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CampaignList } from "../../../domain/campaign.ts";
import type { Ordinal } from "../../../domain/recipient.ts";
import { TextWriter } from "../../../lib/files/text-writer.ts";
import { findBlocks } from "./line-blocks.ts";
import type { RecipientLine } from "./recipient-line.ts";
import { formatRecipient } from "./recipient-line.ts";

/** What must be known of a list file to read it. */
export type RecipientsList = Pick<CampaignList, "file" | "count" | "columns" | "grows" | "corrections">;

/** The people of one list file and the ordinals they have. */
export interface Section {
  readonly first: Ordinal;
  readonly end: Ordinal;
  /** Oldest first, and never empty: the file itself, then its corrections. */
  readonly versions: readonly Version[];
}

/** A file with the values that counted from one revision on. */
export interface Version {
  /** Unlike any other's of the reader, so that nobody takes a block of one for that of another. */
  readonly number: number;
  readonly revision: number;
  readonly path: string;
  readonly columns: readonly string[];
  readonly file: FileHandle;
  readonly blockStarts: Float64Array;
}

interface Opening {
  readonly first: Ordinal;
  /** Makes the next version's. */
  readonly number: () => number;
}

export async function openSection(
  folder: string,
  list: RecipientsList,
  { first, number }: Opening,
): Promise<Section> {
  const versions: Version[] = [];
  const files: FileHandle[] = [];
  try {
    for (const { revision, file: name, columns, lines } of versionsOf(list)) {
      const path = join(folder, name);
      const file = await open(path, "r");
      files.push(file);
      const blockStarts = await findBlocks(file, path, lines);
      versions.push({ number: number(), revision, path, columns, file, blockStarts });
    }
    return { first, end: first + list.count, versions };
  } catch (error) {
    await Promise.all(files.map((file) => file.close()));
    throw error;
  }
}

export async function closeSection({ versions }: Section): Promise<void> {
  await Promise.all(versions.map(({ file }) => file.close()));
}

function versionsOf({ file, columns, count, grows, corrections = [] }: RecipientsList) {
  const lines = { count, ...(grows ? { grows } : {}) };
  return [{ revision: 0, file, columns, lines }, ...corrections.map((one) => ({ ...one, lines: { count } }))];
}

interface Growth {
  readonly people: AsyncIterable<RecipientLine>;
  readonly number: () => number;
}

/** The section with these people behind its own, on disk; undefined where the file is another or does not end with its people. */
export async function grownSection(
  { first, end, versions }: Section,
  name: string,
  { people, number }: Growth,
): Promise<Section | undefined> {
  const version = versions.at(-1);
  if (!version || basename(version.path) !== name) return undefined;
  const { file, path, blockStarts: known } = version;
  if ((await file.stat()).size !== known.at(-1)) return undefined;
  const count = end - first + (await append(path, people));
  const blockStarts = await findBlocks(file, path, { count, grows: true, known });
  return { first, end: first + count, versions: [{ ...version, number: number(), blockStarts }] };
}

/** Answers how many they are. */
async function append(path: string, people: AsyncIterable<RecipientLine>): Promise<number> {
  await using writer = new TextWriter(await open(path, "a"));
  let count = 0;
  for await (const { username, values } of people) {
    await writer.write(formatRecipient(username, values));
    count++;
  }
  await writer.finish();
  return count;
}
