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

/** The clocks of X and of this machine may differ by so much. */
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
  if (question.clock.now() - since > LISTED_FOR_MS)
    return { kind: "unknown", why: "X lists messages for thirty days only" };
  const path = `/2/dm_conversations/with/${personId}/dm_events`;
  const isIt = (one: DirectMessage): boolean =>
    one.sender_id === ownId && one.created_at >= since && isSameText(one.text, text);
  let next: string | undefined;
  do {
    const asked = { ...question, path, pageSize: PAGE_SIZE, canWait: true };
    const page = await messagePage(asked, signal, next);
    if (page.kind !== "page") return unknown(page);
    const message = page.messages.find(isIt);
    if (message) return { kind: "delivered", messageId: message.id };
    if (page.messages.some((one) => one.created_at < since)) return { kind: "absent" };
    next = page.next;
  } while (next !== undefined);
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
  return { kind: "unknown", why: "X asks to wait before it is asked again", retryAt: fault.retryAt };
}
