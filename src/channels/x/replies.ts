/**
 * What people wrote to an account since the last time it was asked, a page at a time. X lists the newest first, so the
 * place that was read to is left behind only when the reading has come down to the one of before: until then the cursor
 * names both, and the page to go on with.
 */
import type { Fault } from "../../domain/fault.ts";
import type { Replies, Reply } from "../channel.ts";
import type { DirectMessage, MessageQuestion } from "./direct-messages.ts";
import { messagePage } from "./direct-messages.ts";

/** X's largest page: fewer calls of the few that are allowed. */
const PAGE_SIZE = 100;

/** After an answer that says nothing of when to ask again. */
const ASK_AGAIN_MS = 60_000;

/** How far off our clock may be from X's after what its answers tell of it. */
const CLOCKS_APART_MS = 60_000;

/**
 * X's list may show a message ten minutes later than others that are newer, so the last while is looked through again each
 * time. As a difference of ids, which count ms in all but their last 22 bits.
 */
const LATE = (10n * 60_000n) << 22n;

/** From when X counts the ms of its ids, ms since the epoch. */
const IDS_SINCE_MS = 1_288_834_974_657;

/** A page that X refuses again so soon after a reading was begun anew for it is no forgotten one. */
const ANEW_MS = 15 * 60_000;

export interface Inbox extends Omit<MessageQuestion, "path" | "pageSize"> {
  readonly ownId: string;
  /** Names under which this person was written to. */
  readonly namesOf: (id: string) => Promise<readonly string[]>;
}

/** Up to where is read. */
interface Place {
  /** Everything up to this id was read before; absent: nothing was. */
  readonly floor?: bigint;
  /** The newest there was when this reading began; absent: it has not begun. */
  readonly newest?: bigint;
  /** X's token of the page to go on with. */
  readonly next?: string;
  /** When the reading was begun anew because X refused its page, ms since the epoch. */
  readonly anewAt?: number;
  /** Ids of the last while that were given already. */
  readonly given: ReadonlySet<string>;
}

/** Reads the next page from where the cursor stands; without one, of what was written since then. */
export async function readReplies(
  inbox: Inbox,
  { cursor, since }: { readonly cursor?: string; readonly since: number },
  signal: AbortSignal,
): Promise<Replies> {
  return readFrom(placeIn(cursor), inbox, { since, signal });
}

async function readFrom(
  place: Place,
  inbox: Inbox,
  { since, signal }: { readonly since: number; readonly signal: AbortSignal },
): Promise<Replies> {
  const now = inbox.clock.now();
  const question = { ...inbox, path: "/2/dm_events", pageSize: PAGE_SIZE };
  const page = await messagePage(question, signal, place.next);
  if (page.kind !== "page") {
    // A token that X refuses: the reading begins anew, down to the same floor.
    const isRefused = place.next !== undefined && page.kind === "unexplained";
    if (!isRefused || now - (place.anewAt ?? -Infinity) < ANEW_MS) return notNow(page, now);
    const { floor, given } = place;
    const anew: Place = { ...(floor === undefined ? {} : { floor }), given, anewAt: now };
    return readFrom(anew, inbox, { since, signal });
  }
  const isStart = place.next === undefined;
  const isOld = olderThan(place, since);
  const newest = place.newest ?? newestOf(page.messages, place.floor ?? 0n, now);
  const fresh = page.messages.filter((one) => one.sender_id !== inbox.ownId && !isOld(one));
  const unknown = fresh.filter(({ id }) => !place.given.has(id));
  const given = new Set([...place.given, ...unknown.map(({ id }) => id)]);
  const found = await Promise.all(unknown.map((one) => repliesOf(one, page.usernames, inbox)));
  const replies = found.flat().toReversed();
  if (page.next === undefined || page.messages.some(isOld))
    return { kind: "replies", replies, cursor: doneCursor(newest, given), isStart, isEnd: true };
  const anew = place.anewAt === undefined ? "" : ` ${place.anewAt}`;
  const through = `${place.floor ?? "-"} ${newest} ${page.next} ${[...given].join()}${anew}`;
  return { kind: "replies", replies, cursor: through, isStart, isEnd: false };
}

/** The answer when X can't be asked; a fault that names no time is looked at again in a minute. */
export function notNow(fault: Fault, now: number): Extract<Replies, { kind: "notNow" }> {
  return { kind: "notNow", retryAt: retryAt(fault, now), why: fault.why };
}

function retryAt(fault: Fault, now: number): number {
  switch (fault.kind) {
    case "throttled":
      return fault.retryAt;
    case "account":
      return fault.trouble === "resting" ? (fault.until ?? now + ASK_AGAIN_MS) : Infinity;
    case "unexplained":
    case "rejected":
      return Infinity;
    case "unavailable":
    case "uncertain":
    case "recipient":
    case "unanswered":
    case "withdrawn":
      return now + ASK_AGAIN_MS;
  }
}

/** In a cursor: `newest given`, or `floor newest next given anewAt` in the middle of a reading. */
function doneCursor(newest: bigint, given: ReadonlySet<string>): string {
  const recent = [...given].filter((id) => BigInt(id) > newest - LATE);
  return recent.length === 0 ? String(newest) : `${newest} ${recent.join()}`;
}

/** A cursor that can't be understood is none: all is read again, and no stop is lost by it. */
function placeIn(cursor = ""): Place {
  const [, done, before = ""] = /^(\d+)(?: ([\d,]+))?$/.exec(cursor) ?? [];
  if (done !== undefined) return { floor: BigInt(done), given: idsIn(before) };
  const [, floor, newest, next, given = "", anewAt] =
    /^(\d+|-) (\d+) (\S+) ([\d,]*)(?: (\d+))?$/.exec(cursor) ?? [];
  if (floor === undefined || newest === undefined || next === undefined) return { given: new Set() };
  const from = floor === "-" ? {} : { floor: BigInt(floor) };
  const anew = anewAt === undefined ? {} : { anewAt: Number(anewAt) };
  return { ...from, newest: BigInt(newest), next, ...anew, given: idsIn(given) };
}

function idsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(",").filter((id) => id !== ""));
}

function olderThan({ floor }: Place, since: number): (message: DirectMessage) => boolean {
  if (floor === undefined) return ({ created_at: at = Infinity }) => at < since - CLOCKS_APART_MS;
  return ({ id }) => BigInt(id) <= floor - LATE;
}

/** An id from the future, which no clock explains, would have everything that comes taken for read. */
function newestOf(messages: readonly DirectMessage[], floor: bigint, now: number): bigint {
  const latest = BigInt(Math.max(0, Math.floor(now) + CLOCKS_APART_MS - IDS_SINCE_MS)) << 22n;
  const ids = messages.map(({ id }) => BigInt(id)).filter((id) => id <= latest);
  return ids.reduce((newest, id) => (id > newest ? id : newest), floor);
}

/** One for each name: whoever wants no more messages wants none under any of them. */
async function repliesOf(
  { id, text, created_at: at, sender_id: sender }: DirectMessage,
  shown: ReadonlyMap<string, string>,
  { namesOf, clock }: Inbox,
): Promise<Reply[]> {
  const names = new Set([
    ...(await namesOf(sender)),
    ...[shown.get(sender)].filter((name) => name !== undefined),
  ]);
  return [...names].map((username) => ({ id, personId: sender, username, text, at: at ?? clock.now() }));
}
