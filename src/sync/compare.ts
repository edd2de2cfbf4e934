/**
 * The comparison of the copy with the embedded store: every campaign, recipient, suppression and lead, field by field.
 * The embedded side is replayed to the very line that the copy says it has come to; lines beyond it are told as not yet
 * travelled, and count as a difference too.
 */
import type { CampaignId } from "../domain/campaign.ts";
import type { Suppression } from "../domain/people/suppression.ts";
import { applySuppression } from "../domain/people/suppression.ts";
import { reasonOfText, textOfReason } from "../domain/reasons/stored-reason.ts";
import type {
  CopiedRecipient,
  ExternalCopy,
  Feed,
  FeedLines,
  FeedPosition,
  KeptLead,
  SyncSource,
} from "../storage/ports/sync.ts";
import { FEED_START, keepable } from "../storage/ports/sync.ts";

/** One thing that is not the same on both sides; `what` names it, `here` and `there` are undefined where it is missing. */
export interface Difference {
  readonly what: string;
  /** In the embedded store. */
  readonly here?: unknown;
  /** In the external database. */
  readonly there?: unknown;
}

export interface Comparison {
  readonly isEqual: boolean;
  /** Compared on both sides. */
  readonly campaigns: number;
  readonly recipients: number;
  readonly suppressions: number;
  readonly leads: number;
  /** Campaigns and lines of logs that have not travelled yet; nothing of them counts as a difference as well. */
  readonly behind: number;
  readonly differences: number;
  /** The first of them. */
  readonly first: readonly Difference[];
}

/** Differences that are told one by one. */
const TOLD = 100;

/** Lines read at a time. */
const LINES = 50_000;

/** Compares what the source holds with a copy that stands still. */
export async function compare(source: SyncSource, copy: ExternalCopy): Promise<Comparison> {
  const tally = new Tally();
  const campaigns = await source.campaigns();
  const there = await copy.campaigns();
  const travelled = campaigns.filter(({ campaign }) => there.has(campaign.id));
  tally.behind += campaigns.length - travelled.length;
  const hashes = new Map(travelled.map(({ campaign, hash }) => [campaign.id, hash]));
  tally.campaigns = compareMaps(tally, "campaign", { here: hashes, there });
  const feeds = await source.feeds(campaigns);
  for (const feed of feeds) {
    tally.behind += await linesBehind(source, feed, copy.position(feed.key));
    if (feed.kind === "suppressions")
      tally.suppressions = await compareSuppressions(tally, source, copy, feed);
    if (feed.kind === "leads") tally.leads += await compareLeads(tally, source, copy, feed);
  }
  const lists = new Set(feeds.flatMap((feed) => (feed.kind === "leads" ? feed.list : [])));
  for (const list of await copy.leadLists())
    if (!lists.has(list)) tally.differ({ what: `list of leads ${list}`, there: list });
  for (const { campaign } of travelled) {
    const ofThis = feeds.filter((feed) => "campaignId" in feed && feed.campaignId === campaign.id);
    const { lines } = copy.position(journalKeyOf(ofThis));
    const here = thoseWhoTravelled(source.recipients(campaign, lines), ofThis, copy);
    const sides = { here, there: copy.recipients(campaign.id) };
    tally.recipients += await compareRecipients(tally, campaign.id, sides);
  }
  return tally.comparison();
}

class Tally {
  campaigns = 0;
  recipients = 0;
  suppressions = 0;
  leads = 0;
  behind = 0;
  readonly #first: Difference[] = [];
  #differences = 0;

  differ(difference: Difference): void {
    this.#differences++;
    if (this.#first.length < TOLD) this.#first.push(difference);
  }

  comparison(): Comparison {
    const { campaigns, recipients, suppressions, leads, behind } = this;
    const isEqual = this.#differences === 0 && behind === 0;
    const counts = { campaigns, recipients, suppressions, leads, behind };
    return { isEqual, ...counts, differences: this.#differences, first: this.#first };
  }
}

/** Whose line has not travelled yet is counted as behind, and not as missing there as well. */
async function* thoseWhoTravelled(
  recipients: AsyncIterable<CopiedRecipient>,
  feeds: readonly Feed[],
  copy: ExternalCopy,
): AsyncGenerator<CopiedRecipient> {
  const lists = feeds.filter((feed) => feed.kind === "recipients");
  for await (const recipient of recipients) {
    const list = lists.findLast(({ firstOrdinal }) => firstOrdinal <= recipient.ordinal);
    if (list && recipient.ordinal - list.firstOrdinal < copy.position(list.key).lines) yield recipient;
  }
}

interface Sides<T> {
  readonly here: T;
  readonly there: T;
}

function journalKeyOf(feeds: readonly Feed[]): string {
  return feeds.find(({ kind }) => kind === "journal")?.key ?? "";
}

/** Reads on from where the copy stands; a log that is not what it was is all behind. */
async function linesBehind(source: SyncSource, feed: Feed, position: FeedPosition): Promise<number> {
  let [behind, from] = [0, position];
  for (;;) {
    const part = await source.read(feed, from, LINES);
    if (part.kind === "diverged") return Math.max(1, position.lines);
    behind += part.to.lines - from.lines;
    from = part.to;
    if (part.isAtEnd) return behind;
  }
}

/** What the first lines of a log say. */
async function* readUpTo(source: SyncSource, feed: Feed, lines: number): AsyncGenerator<FeedLines> {
  for (let from = FEED_START; from.lines < lines;) {
    const part = await source.read(feed, from, Math.min(LINES, lines - from.lines));
    if (part.kind === "diverged" || part.to.lines === from.lines) return;
    yield part.read;
    from = part.to;
  }
}

async function compareSuppressions(
  tally: Tally,
  source: SyncSource,
  copy: ExternalCopy,
  feed: Feed,
): Promise<number> {
  const list = new Map<string, Suppression>();
  for await (const read of readUpTo(source, feed, copy.position(feed.key).lines))
    if (read.kind === "suppressions") for (const change of read.changes) applySuppression(list, change);
  const here = new Map([...list.values()].map((one) => [one.username, suppressionWords(one)]));
  const there = new Map((await copy.suppressions()).map((one) => [one.username, suppressionWords(one)]));
  return compareMaps(tally, "suppression", { here, there });
}

async function compareLeads(
  tally: Tally,
  source: SyncSource,
  copy: ExternalCopy,
  feed: Extract<Feed, { kind: "leads" }>,
): Promise<number> {
  const leads = new Map<string, KeptLead>();
  for await (const read of readUpTo(source, feed, copy.position(feed.key).lines)) {
    if (read.kind !== "leads") continue;
    for (const lead of read.leads) leads.set(`${lead.source} ${lead.id}`, lead);
    for (const { source: from, id, ...delivery } of read.delivered) {
      const lead = leads.get(`${from} ${id}`);
      if (lead) leads.set(`${from} ${id}`, { ...lead, delivery });
    }
  }
  const here = new Map([...leads].map(([name, lead]) => [name, leadWords(lead)]));
  const there = new Map<string, string>();
  for await (const lead of copy.leads(feed.list)) there.set(`${lead.source} ${lead.id}`, leadWords(lead));
  return compareMaps(tally, `lead of ${feed.list}`, { here, there });
}

/** Answers how many are on either side. */
function compareMaps(
  tally: Tally,
  kind: string,
  { here, there }: Sides<ReadonlyMap<string, string>>,
): number {
  const keys = new Set([...here.keys(), ...there.keys()]);
  for (const key of keys)
    if (here.get(key) !== there.get(key))
      tally.differ({ what: `${kind} ${key}`, here: here.get(key), there: there.get(key) });
  return keys.size;
}

/** Both sides come in list order. */
async function compareRecipients(
  tally: Tally,
  id: CampaignId,
  sides: Sides<AsyncIterable<CopiedRecipient>>,
): Promise<number> {
  const there = sides.there[Symbol.asyncIterator]();
  let [compared, other] = [0, await there.next()];
  const onlyThere = async (upTo: number): Promise<void> => {
    while (other.done !== true && other.value.ordinal < upTo) {
      tally.differ({ what: `recipient ${other.value.ordinal} of ${id}`, there: other.value });
      other = await there.next();
    }
  };
  for await (const here of sides.here) {
    compared++;
    await onlyThere(here.ordinal);
    const match = other.done !== true && other.value.ordinal === here.ordinal ? other.value : undefined;
    if (!match || !isSame(here, match))
      tally.differ({ what: `recipient ${here.ordinal} of ${id}`, here, there: match });
    if (match) other = await there.next();
  }
  await onlyThere(Infinity);
  return compared;
}

function isSame(here: CopiedRecipient, there: CopiedRecipient): boolean {
  return (
    here.state === there.state &&
    here.attempts === there.attempts &&
    here.at === there.at &&
    isSameText(here.username, there.username) &&
    isSameText(here.account, there.account) &&
    isSameText(here.messageId, there.messageId) &&
    isSameReason(here.why, there.why) &&
    isSameText(here.skipReason, there.skipReason)
  );
}

function isSameText(here: string | null, there: string | null): boolean {
  return (here === null ? null : keepable(here)) === there;
}

/** An earlier version of Peyk copied sentences, which mean what is a code now. */
function isSameReason(here: string | null, there: string | null): boolean {
  if (isSameText(here, there)) return true;
  return here !== null && there !== null && textOfReason(reasonOfText(there)) === keepable(here);
}

function suppressionWords({ reason, note, at }: Suppression): string {
  return JSON.stringify([reason, note === undefined ? null : keepable(note), at]);
}

function leadWords({ username, displayName, details = {}, at, delivery }: KeptLead): string {
  const told = Object.entries(details).map(([name, value]) => `${keepable(name)}: ${keepable(value)}`);
  const shown = displayName === undefined ? null : keepable(displayName);
  return JSON.stringify([
    keepable(username),
    shown,
    told.toSorted((one, other) => (one < other ? -1 : 1)),
    at,
    delivery ? [delivery.request, delivery.at] : null,
  ]);
}
