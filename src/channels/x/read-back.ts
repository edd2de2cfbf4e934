/**
 * Whether a message arrived: the conversation is read and searched for the message's own text, since the claim. Calls
 * it absent only when X has listed everything since the claim, late enough that no request can be under way any more; how
 * late the list itself may be is for whoever asks to judge.
 */
import type { Fault } from "../../domain/fault.ts";
import type { ReadBack, ReadBackRequest } from "../channel.ts";
import { LISTED_FOR_MS, messagePage } from "./direct-messages.ts";
import type { DirectMessage, MessageQuestion } from "./direct-messages.ts";

/** What a request that was cut off may still need to take effect. Until then asking would only use up the limit. */
const TOO_EARLY_MS = 10_000;

/** How far off our clock may be from X's after what its answers tell of it. */
const CLOCKS_APART_MS = 60_000;

/** A conversation with somebody who was just written to holds few messages, and each one that is read costs. */
const PAGE_SIZE = 10;

export interface Conversation extends Omit<MessageQuestion, "path" | "pageSize"> {
  readonly ownId: string;
  readonly personId: string;
}

/** True while the answer could only be that it is unknown. */
export function isTooEarly(claimedAt: number, now: number): boolean {
  return now - claimedAt < TOO_EARLY_MS;
}

/** Looks for a message in the conversation with one person. */
export async function readConversation(
  { ownId, personId, ...question }: Conversation,
  { text, claimedAt }: ReadBackRequest,
  signal: AbortSignal,
): Promise<ReadBack> {
  const since = claimedAt - CLOCKS_APART_MS;
  if (question.clock.now() - since > LISTED_FOR_MS) return { kind: "unknown", why: "xThirtyDays" };
  const path = `/2/dm_conversations/with/${personId}/dm_events`;
  const isAlike = (one: DirectMessage): boolean => one.sender_id === ownId && isSameText(one.text, text);
  let next: string | undefined;
  let isUndated = false;
  do {
    const asked = { ...question, path, pageSize: PAGE_SIZE, canWait: true };
    const page = await messagePage(asked, signal, next);
    if (page.kind !== "page") return unknown(page);
    const alike = page.messages.filter(isAlike);
    const message = alike.find(({ created_at: at }) => at !== undefined && at >= since);
    if (message) return { kind: "delivered", messageId: message.id };
    isUndated ||= alike.some(({ created_at: at }) => at === undefined);
    const isDown = page.messages.some(({ created_at: at }) => at !== undefined && at < since);
    next = isDown ? undefined : page.next;
  } while (next !== undefined);
  if (isUndated) return { kind: "unknown", why: "xUndatedMessage" };
  return { kind: "absent" };
}

/** X trims a text, shortens links to t.co and escapes three signs as in HTML. */
function isSameText(arrived: string, sent: string): boolean {
  return comparable(arrived) === comparable(sent);
}

function comparable(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/https?:\/\/\S+/gi, "(link)")
    .replaceAll(/\s+/g, " ")
    .normalize("NFC")
    .trim();
}

/** Where X names a time, it is asked again then. */
function unknown(fault: Fault): Extract<ReadBack, { kind: "unknown" }> {
  if (fault.kind !== "throttled") return { kind: "unknown", why: fault.why };
  return { kind: "unknown", why: "xAskLater", retryAt: fault.retryAt };
}
