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

/** The clocks of X and of this machine may differ by so much. */
const CLOCKS_APART_MS = 60_000;

/**
 * X's list may show a message ten minutes later than others that are newer, so the last while is looked through again each
 * time. As a difference of ids, which count ms in all but their last 22 bits.
 */
const LATE = (10n * 60_000n) << 22n;

export interface Inbox extends Omit<MessageQuestion, "path" | "pageSize"> {
  readonly ownId: string;
  /** Names under which this person was written to. */
  readonly namesOf: (id: string) => readonly string[];
}

/** Up to where is read. */
interface Place {
  /** Everything up to this id was read before; absent: nothing was. */
  readonly floor?: bigint;
  /** The newest there was when this reading began; absent: it has not begun. */
  readonly newest?: bigint;
  /** X's token of the page to go on with. */
  readonly next?: string;
  /** Ids of the last while that were given already. */
  readonly given: ReadonlySet<string>;
}

/** Reads the next page from where the cursor stands; without one, of what was written since then. */
export async function readReplies(
  inbox: Inbox,
  { cursor, since }: { readonly cursor?: string; readonly since: number },
  signal: AbortSignal,
): Promise<Replies> {
  const place = placeIn(cursor);
  const question = { ...inbox, path: "/2/dm_events", pageSize: PAGE_SIZE };
  const page = await messagePage(question, signal, place.next);
  if (page.kind !== "page") {
    // A token that X refuses: the reading begins anew, down to the same floor.
    const isRefused = place.next !== undefined && page.kind === "doubtful";
    if (!isRefused) return notNow(page, inbox.clock.now());
    const again = place.floor === undefined ? {} : { cursor: doneCursor(place.floor, place.given) };
    return readReplies(inbox, { ...again, since }, signal);
  }
  const isStart = place.next === undefined;
  const isOld = olderThan(place, since);
  const newest = place.newest ?? newestOf(page.messages, place.floor);
  const fresh = page.messages.filter((one) => one.sender_id !== inbox.ownId && !isOld(one));
  const unknown = fresh.filter(({ id }) => !place.given.has(id));
  const given = new Set([...place.given, ...unknown.map(({ id }) => id)]);
  const replies = unknown.flatMap((one) => repliesOf(one, page.usernames, inbox)).toReversed();
  if (page.next === undefined || page.messages.some(isOld))
    return { kind: "replies", replies, cursor: doneCursor(newest, given), isStart, isEnd: true };
  const through = `${place.floor ?? "-"} ${newest} ${page.next} ${[...given].join()}`;
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
    case "doubtful":
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

/** In a cursor: `newest given`, or `floor newest next given` in the middle of a reading. */
function doneCursor(newest: bigint, given: ReadonlySet<string>): string {
  const recent = [...given].filter((id) => BigInt(id) > newest - LATE);
  return recent.length === 0 ? String(newest) : `${newest} ${recent.join()}`;
}

/** A cursor that can't be understood is none: all is read again, and no stop is lost by it. */
function placeIn(cursor = ""): Place {
  const [, done, before = ""] = /^(\d+)(?: ([\d,]+))?$/.exec(cursor) ?? [];
  if (done !== undefined) return { floor: BigInt(done), given: idsIn(before) };
  const [, floor, newest, next, given = ""] = /^(\d+|-) (\d+) (\S+) ([\d,]*)$/.exec(cursor) ?? [];
  if (floor === undefined || newest === undefined || next === undefined) return { given: new Set() };
  const from = floor === "-" ? {} : { floor: BigInt(floor) };
  return { ...from, newest: BigInt(newest), next, given: idsIn(given) };
}

function idsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(",").filter((id) => id !== ""));
}

function olderThan({ floor }: Place, since: number): (message: DirectMessage) => boolean {
  if (floor === undefined) return ({ created_at: at }) => at < since - CLOCKS_APART_MS;
  return ({ id }) => BigInt(id) <= floor - LATE;
}

function newestOf(messages: readonly DirectMessage[], floor = 0n): bigint {
  return messages.reduce((newest, { id }) => (BigInt(id) > newest ? BigInt(id) : newest), floor);
}

/** One for each name: whoever wants no more messages wants none under any of them. */
function repliesOf(
  { text, created_at: at, sender_id: sender }: DirectMessage,
  shown: ReadonlyMap<string, string>,
  { namesOf }: Inbox,
): Reply[] {
  const names = new Set([...namesOf(sender), ...[shown.get(sender)].filter((name) => name !== undefined)]);
  return [...names].map((username) => ({ username, text, at }));
}
