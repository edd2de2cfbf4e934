/**
 * One person out of one campaign's files, which nobody has open. Whoever was still to be written to, or may have been, comes
 * to an end in the journal first; then what says who they were goes, the list last, because it says which lines are theirs.
 */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Entry } from "../../../domain/journal.ts";
import { JournalFold } from "../../../domain/journal-fold.ts";
import type { Ordinal } from "../../../domain/recipient.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { AMENDMENTS_FILE } from "../amendments/amendment-store.ts";
import { CAMPAIGN_FILE, JOURNAL_FILE, campaignFormat } from "../campaigns/campaign-folders.ts";
import { SNAPSHOT_FILE } from "../ledger/fold-snapshot.ts";
import { readJournal } from "../ledger/journal-entry.ts";
import { parseRecipient } from "../lists/recipient-line.ts";
import { amendmentWithout, documentWithout } from "../../ports/erased/campaign-texts.ts";
import { entryWithout, recipientWithout } from "../../ports/erased/line-rules.ts";
import type { PersonMatch } from "../../ports/erased/person-match.ts";
import { isObject } from "../../ports/erased/person-match.ts";
import type { Pen } from "./rewriting.ts";
import { isAbsent, wholeLines } from "./rewriting.ts";

export interface ErasingIn {
  readonly match: PersonMatch;
  /** ms since the epoch */
  readonly now: number;
  readonly pen: Pen;
  /** Throws when this process may write no more; for stores that write by themselves. */
  readonly beforeWrite: () => void;
}

/** Takes one person out of a file or folder, which need not be there. @param path Of it */
export type Forget = (path: string, erasing: ErasingIn) => Promise<void>;

export async function eraseInCampaign(folder: string, erasing: ErasingIn): Promise<void> {
  const { match, pen } = erasing;
  const files: readonly string[] = await readdir(folder);
  const lists = files.filter((name) => /^list-.*\.jsonl$/.test(name));
  const { ordinals, size } = await placesIn(folder, match);
  await journalWithout(folder, { ...erasing, ordinals, files });
  for (const name of files.filter((one) => /^(?:task|earlier)_checkpoint/.test(one))) {
    const without = await checkpointWithout(join(folder, name), match);
    if (without) await pen.replace(join(folder, name), without.text, { sent_usernames: without.held });
  }
  await pen.lines(join(folder, AMENDMENTS_FILE), amendmentWithout(match));
  await pen.json(
    join(folder, CAMPAIGN_FILE),
    documentWithout(match, ordinals.size > 0 && ordinals.size === size),
  );
  for (const name of lists) await pen.lines(join(folder, name), recipientWithout(match));
}

/** Places of the person on the campaign's lists, whose first versions tell them, and how many there are. */
async function placesIn(
  folder: string,
  match: PersonMatch,
): Promise<{ readonly ordinals: ReadonlySet<Ordinal>; readonly size: number }> {
  const campaign = await readDocument(join(folder, CAMPAIGN_FILE), campaignFormat).catch(() => undefined);
  const ordinals = new Set<Ordinal>();
  let first = 0;
  for (const { file, count } of campaign?.lists ?? []) {
    let place = 0;
    for await (const line of wholeLines(join(folder, file))) {
      if (place === count) break;
      if (match.aliasOf(parseRecipient(line).username) !== undefined) ordinals.add(first + place);
      place++;
    }
    first += count;
  }
  return { ordinals, size: first };
}

interface InJournal extends ErasingIn {
  readonly ordinals: ReadonlySet<Ordinal>;
  readonly files: readonly string[];
}

async function journalWithout(
  folder: string,
  { match, now, pen, ordinals, files }: InJournal,
): Promise<void> {
  const path = join(folder, JOURNAL_FILE);
  if (!files.includes(JOURNAL_FILE)) return;
  const more: Entry[] = [];
  if (ordinals.size > 0) more.push(...(await endings(path, ordinals, now)));
  const ours = new Set<number>();
  await readJournal(path, (entry) => void (entry.t === "checkpoint" && ours.add(entry.crc)));
  for (const name of files.filter((one) => one.startsWith("task_checkpoint_"))) {
    const without = await checkpointWithout(join(folder, name), match);
    if (without && ours.has(without.crcBefore) && !ours.has(without.crc))
      more.push({ t: "checkpoint", names: without.names, crc: without.crc, at: now });
  }
  await pen.remove(join(folder, SNAPSHOT_FILE));
  await pen.lines(path, entryWithout(match, ordinals), more);
}

/** What ends those of them whom the journal leaves open. */
async function endings(path: string, ordinals: ReadonlySet<Ordinal>, at: number): Promise<readonly Entry[]> {
  const most = Math.max(...ordinals) + 1;
  let size = most;
  await readJournal(path, (entry) => {
    if ("r" in entry) size = Math.max(size, entry.r + 1);
  });
  const fold = new JournalFold(size, { debit: () => undefined, credit: () => undefined });
  await readJournal(path, (entry) => void fold.apply(entry));
  return [...ordinals].flatMap((r): Entry[] => {
    const state = fold.stateOf(r);
    const left: Entry = { t: "skipped", r, reason: "leftInDoubt", at };
    if (state === "claimed") return [{ t: "uncertain", r, why: "interruptedBeforeRecord", at }, left];
    if (state === "uncertain") return [left];
    return state === "planned" ? [{ t: "skipped", r, reason: "erased", at }] : [];
  });
}

/** Undefined where it does not name them. */
async function checkpointWithout(path: string, match: PersonMatch) {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const content: unknown = JSON.parse(bytes.toString().replace(/^\uFEFF/, ""));
  const names: unknown = isObject(content) ? content["sent_usernames"] : undefined;
  if (!isObject(content) || !Array.isArray(names)) return undefined;
  const without: unknown[] = names.map((name: unknown) => match.aliasOf(name) ?? name);
  if (without.every((name, place) => name === names[place])) return undefined;
  const text = `${JSON.stringify({ ...content, sent_usernames: without })}\n`;
  const held = names.filter((name, place) => name !== without[place]);
  return { text, held, names: names.length, crcBefore: crc32(bytes), crc: crc32(text) };
}
