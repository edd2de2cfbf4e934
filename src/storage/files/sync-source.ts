/**
 * The data folder as a sync reads it, also while a Peyk is at work there: documents whole, logs a part at a time up to
 * their last complete line. Takes no lease and changes nothing.
 */
import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Campaign } from "../../domain/campaign.ts";
import { isCampaignId } from "../../domain/campaign.ts";
import { isListName } from "../../domain/collecting/collection.ts";
import { JournalFold } from "../../domain/journal-fold.ts";
import { LOG_START, readLogPart } from "../../lib/log/log-part.ts";
import { CorruptLogError } from "../../lib/log/log-lines.ts";
import { readDocument } from "../../lib/files/stored-document.ts";
import { textOfReason } from "../../domain/reasons/stored-reason.ts";
import type {
  CopiedRecipient,
  Feed,
  FeedLines,
  FeedPart,
  FeedPosition,
  StoredCampaign,
  SyncSource,
} from "../ports/sync.ts";
import {
  CAMPAIGN_FILE,
  JOURNAL_FILE,
  campaignFormat,
  campaignsFolder,
} from "./campaigns/campaign-folders.ts";
import { LEADS_FILE } from "./leads/lead-overview.ts";
import type { ReadLog } from "./leads/lead-part.ts";
import { readLeads } from "./leads/lead-part.ts";
import { knownIdentity } from "./folder/identity.ts";
import { parseEntry } from "./ledger/journal-entry.ts";
import { feedPosition, logPosition } from "./feed-position.ts";
import { JournalHistory } from "./ledger/journal-history.ts";
import { openRecipients } from "./lists/recipients-file.ts";
import { parseRecipient } from "./lists/recipient-line.ts";
import { SUPPRESSION_FILE, parseSuppressionChange } from "./people/suppression-store.ts";

export function createSyncSource(dataDir: string): SyncSource {
  const documents = new Map<string, KnownDocument>();
  const leadLogs = new Map<string, ReadLog>();
  return {
    identity: () => knownIdentity(dataDir),
    campaigns: () => readCampaigns(dataDir, documents),
    feeds: async (campaigns) => [
      ...campaigns.flatMap(campaignFeeds),
      { key: "suppressions", kind: "suppressions" },
      ...(await leadFeeds(dataDir)),
    ],
    read: (feed, from, maxLines) =>
      feed.kind === "leads"
        ? readLeads(join(dataDir, feed.key), leadLogs, { from, maxLines })
        : readFeed(dataDir, feed, from, maxLines),
    recipients: (campaign, lines) => recipientsAfter(dataDir, campaign, lines),
  };
}

/** A document that was read, and by what it is told that it was replaced since. */
interface KnownDocument {
  readonly stamp: string;
  readonly stored: StoredCampaign | undefined;
}

async function readCampaigns(
  dataDir: string,
  documents: Map<string, KnownDocument>,
): Promise<readonly StoredCampaign[]> {
  const names = await readdir(campaignsFolder(dataDir)).catch(nothingThere);
  const campaigns: StoredCampaign[] = [];
  for (const name of names.filter(isCampaignId).toSorted()) {
    const stored = await readCampaign(join(campaignsFolder(dataDir), name, CAMPAIGN_FILE), documents);
    if (stored?.campaign.id === name) campaigns.push(stored);
  }
  return campaigns;
}

/** Documents are replaced as files, so one that is still the same file is not read again. */
async function readCampaign(
  path: string,
  documents: Map<string, KnownDocument>,
): Promise<StoredCampaign | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return undefined;
  const stamp = [stats.ino, stats.mtimeMs, stats.size].join();
  const known = documents.get(path);
  if (known?.stamp === stamp) return known.stored;
  const campaign = await readDocument(path, campaignFormat).catch(() => undefined);
  const stored = campaign && { campaign, hash: hashOf(campaign) };
  documents.set(path, { stamp, stored });
  return stored;
}

function hashOf(campaign: Campaign): string {
  return createHash("sha256").update(JSON.stringify(campaign)).digest("hex");
}

function nothingThere(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

/** Lists first: a journal speaks of those on them. */
function campaignFeeds({ campaign: { id, lists } }: StoredCampaign): readonly Feed[] {
  const journalKey = `campaigns/${id}/${JOURNAL_FILE}`;
  let firstOrdinal = 0;
  const feeds = lists.map(({ file, count }): Feed => {
    const key = `campaigns/${id}/${file}`;
    const feed: Feed = { key, kind: "recipients", campaignId: id, file, firstOrdinal, journalKey };
    firstOrdinal += count;
    return feed;
  });
  return [...feeds, { key: journalKey, kind: "journal", campaignId: id }];
}

async function leadFeeds(dataDir: string): Promise<readonly Feed[]> {
  const names = await readdir(join(dataDir, "leads"), { withFileTypes: true }).catch(nothingThere);
  return names
    .filter((entry) => entry.isDirectory() && isListName(entry.name))
    .map(({ name }): Feed => ({ key: `leads/${name}/${LEADS_FILE}`, kind: "leads", list: name }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

async function readFeed(
  dataDir: string,
  feed: LineFeed,
  from: FeedPosition,
  maxLines: number,
): Promise<FeedPart> {
  const path = pathOf(dataDir, feed);
  const at = logPosition(from);
  const part = at && (await readLogPart(path, at, maxLines));
  if (!part || part.kind === "diverged") return { kind: "diverged" };
  const { lines, to, isAtEnd } = part;
  return { kind: "part", read: parsed(feed, path, lines, from), to: feedPosition(to), isAtEnd };
}

/** A feed whose lines can be understood one by one. */
type LineFeed = Exclude<Feed, { kind: "leads" }>;

function pathOf(dataDir: string, feed: LineFeed): string {
  switch (feed.kind) {
    case "recipients":
      return join(campaignsFolder(dataDir), feed.campaignId, feed.file);
    case "journal":
      return join(campaignsFolder(dataDir), feed.campaignId, JOURNAL_FILE);
    case "suppressions":
      return join(dataDir, SUPPRESSION_FILE);
  }
}

function parsed(feed: LineFeed, path: string, lines: readonly string[], from: FeedPosition): FeedLines {
  const each = <T>(parse: (line: string) => T): readonly T[] =>
    lines.map((line, index) => {
      try {
        return parse(line);
      } catch (error) {
        throw new CorruptLogError(path, from.lines + index + 1, error);
      }
    });
  switch (feed.kind) {
    case "recipients":
      return { kind: "recipients", usernames: each((line) => parseRecipient(line).username) };
    case "journal":
      return { kind: "journal", entries: each(parseEntry) };
    case "suppressions":
      return { kind: "suppressions", changes: each(parseSuppressionChange) };
  }
}

/** Lines read at a time where a whole journal is folded. */
const FOLD_LINES = 50_000;

async function* recipientsAfter(
  dataDir: string,
  campaign: Campaign,
  lines: number,
): AsyncIterable<CopiedRecipient> {
  const folder = join(campaignsFolder(dataDir), campaign.id);
  await using recipients = await openRecipients(folder, campaign.lists);
  const fold = new JournalFold(recipients.size, { debit: () => undefined, credit: () => undefined });
  const history = new JournalHistory(recipients.size);
  const path = join(folder, JOURNAL_FILE);
  for (let from = LOG_START; from.lines < lines;) {
    const part = await readLogPart(path, from, Math.min(FOLD_LINES, lines - from.lines));
    if (part.kind === "diverged" || part.lines.length === 0) break;
    for (const line of part.lines) {
      const entry = parseEntry(line);
      fold.apply(entry);
      history.add(entry);
    }
    from = part.to;
  }
  for (let ordinal = 0; ordinal < recipients.size; ordinal++) {
    const { username } = await recipients.read(ordinal);
    const { state, attempts, ...told } = history.of(ordinal, fold.stateOf(ordinal));
    const { account = null, at = null, messageId = null, why, skipReason = null } = told;
    const said = why === undefined ? null : textOfReason(why);
    yield { ordinal, username, state, attempts, account, at, messageId, why: said, skipReason };
  }
}
