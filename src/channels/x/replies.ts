/** What people wrote to an account since the last time it was asked. */
import type { Fault } from "../../domain/fault.ts";
import type { Replies, Reply } from "../channel.ts";
import type { DirectMessage, MessageQuestion } from "./direct-messages.ts";
import { messagePage } from "./direct-messages.ts";

/** X's largest page: fewer calls of the few that are allowed. */
const PAGE_SIZE = 100;

/** After an answer that says nothing of when to ask again. */
const ASK_AGAIN_MS = 60_000;

export interface Inbox extends Omit<MessageQuestion, "path" | "pageSize"> {
  readonly ownId: string;
  /** Names under which this person was written to. */
  readonly namesOf: (id: string) => readonly string[];
}

/**
 * Reads from the newest message back to the one the cursor names; without a cursor the newest hundred. The answer's
 * cursor is the newest message there is. When a page can't be had nothing is answered and the next time begins anew.
 */
export async function readReplies(
  { ownId, namesOf, ...question }: Inbox,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Replies> {
  const replies: Reply[] = [];
  let newest = cursor ?? "0";
  let next: string | undefined;
  do {
    const page = await messagePage({ ...question, path: "/2/dm_events", pageSize: PAGE_SIZE }, signal, next);
    if (page.kind !== "page") return notNow(page, question.clock.now());
    const fresh = page.messages.filter(({ id }) => cursor === undefined || isNewer(id, cursor));
    for (const message of fresh) {
      if (isNewer(message.id, newest)) newest = message.id;
      if (message.sender_id === ownId) continue;
      const names = namesOf(message.sender_id);
      const shown = page.usernames.get(message.sender_id);
      replies.push(...repliesOf(message, names.length > 0 || shown === undefined ? names : [shown]));
    }
    next = fresh.length < page.messages.length || cursor === undefined ? undefined : page.next;
  } while (next !== undefined);
  return { kind: "replies", replies: replies.toReversed(), cursor: newest };
}

/** The answer when X can't be asked; a fault that names no time is looked at again in a minute. */
export function notNow(fault: Fault, now: number): Extract<Replies, { kind: "notNow" }> {
  const retryAt = fault.kind === "throttled" ? fault.retryAt : now + ASK_AGAIN_MS;
  return { kind: "notNow", retryAt, why: fault.why };
}

/** One for each name: whoever wants no more messages wants none under any of them. */
function repliesOf({ text, created_at: at }: DirectMessage, names: readonly string[]): Reply[] {
  return names.map((username) => ({ username, text, at }));
}

/** Ids are decimal numbers of up to 19 digits, too long to be numbers here. */
function isNewer(id: string, other: string): boolean {
  return BigInt(id) > BigInt(other);
}
