/**
 * One round of copying: everything that changed since the last one travels, log by log and part by part. Owns nothing
 * but the order: a campaign before its recipients, recipients before what became of them. What is committed stays, so a
 * round may end anywhere.
 */
import { PeykError } from "../domain/errors.ts";
import type {
  ExternalStore,
  Feed,
  FeedLines,
  FeedPart,
  FeedPosition,
  StoredCampaign,
  SyncSource,
} from "../storage/ports/sync.ts";
import { stepsOf } from "./steps-of.ts";

/** Does something with the connection that there is, again on another one when it failed for a passing reason. */
export type Attempt = <T>(what: string, work: (store: ExternalStore) => Promise<T>) => Promise<T>;

export interface RoundParts {
  readonly source: SyncSource;
  readonly attempt: Attempt;
  /** Lines a transaction at most. */
  readonly batchLines: number;
  /** Told of a log that is not what it was: restored or cut off, so it travels again from its start. */
  readonly onRestart: (feedKey: string) => void;
  /** Told of a log that can't be read; the others travel all the same. */
  readonly onUnreadable: (feedKey: string, error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Answers how many lines travelled; a signal ends it between two transactions. */
export async function copyWhatChanged(parts: RoundParts): Promise<number> {
  const campaigns = await parts.source.campaigns();
  await parts.attempt("campaigns", async (store) => {
    const changed = campaigns.filter(({ campaign, hash }) => store.campaignHash(campaign.id) !== hash);
    if (changed.length > 0) await store.saveCampaigns(changed);
  });
  const sizes = new Map(campaigns.map((one) => [one.campaign.id, sizeOf(one)]));
  let lines = 0;
  for (const feed of await parts.source.feeds(campaigns)) {
    const known = "campaignId" in feed ? (sizes.get(feed.campaignId) ?? 0) : Infinity;
    try {
      lines += await copyFeed(parts, feed, known);
    } catch (error) {
      if (error instanceof PeykError || parts.signal.aborted) throw error;
      parts.onUnreadable(feed.key, error);
    }
  }
  return lines;
}

function sizeOf({ campaign }: StoredCampaign): number {
  return campaign.lists.reduce((sum, { count }) => sum + count, 0);
}

async function copyFeed(parts: RoundParts, feed: Feed, known: number): Promise<number> {
  let [lines, isAtEnd] = [0, false];
  while (!isAtEnd && !parts.signal.aborted)
    isAtEnd = await parts.attempt(feed.key, async (store) => {
      const copied = await copyPart(parts, store, { feed, known });
      lines += copied.lines;
      return copied.isAtEnd;
    });
  return lines;
}

interface FeedAtHand {
  readonly feed: Feed;
  /** Recipients that have travelled; a journal may already speak of more. */
  readonly known: number;
}

async function copyPart(parts: RoundParts, store: ExternalStore, { feed, known }: FeedAtHand) {
  const from = store.position(feed.key);
  const read = await readKnown(parts, { feed, known }, from);
  if (read.kind === "diverged") {
    parts.onRestart(feed.key);
    await store.restart(feed);
    return { lines: 0, isAtEnd: false };
  }
  const lines = read.to.lines - from.lines;
  if (lines > 0) await store.apply(feed, stepsOf(feed, read.read, from), read.to);
  return { lines, isAtEnd: read.isAtEnd };
}

/** Leaves what is said of a list that was added since the campaigns were read for the next round. */
async function readKnown(
  { source, batchLines }: RoundParts,
  { feed, known }: FeedAtHand,
  from: FeedPosition,
): Promise<FeedPart> {
  const read = await source.read(feed, from, batchLines);
  const firstUnknown = read.kind === "part" ? indexOfUnknown(read.read, known) : -1;
  if (firstUnknown < 0) return read;
  const less = await source.read(feed, from, firstUnknown);
  return less.kind === "part" ? { ...less, isAtEnd: true } : less;
}

function indexOfUnknown(read: FeedLines, known: number): number {
  return read.kind === "journal" ? read.entries.findIndex((entry) => "r" in entry && entry.r >= known) : -1;
}
