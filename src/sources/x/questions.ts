/**
 * X as a source of people, through its official API: followers of an account, repliers of a post. Owns how X is asked
 * and what a person is here: one id, whatever the name. All questions go through one account of the operator's.
 */
import type { Clock } from "../../lib/clock.ts";
import type { OAuth1Keys } from "../../lib/x-api/oauth1.ts";
import type { XClient } from "../../lib/x-api/x-client.ts";
import type { SourceFault } from "../source.ts";
import { faultOf } from "./faults.ts";

export interface XSourceParts {
  readonly client: XClient;
  /** Of the account that asks. One only: taking turns would go around the limits that X publishes. */
  readonly keys: OAuth1Keys;
  readonly clock: Clock;
}

export type Answered =
  | { readonly kind: "body"; readonly body: object }
  | {
      readonly kind: "fault";
      readonly fault: SourceFault;
      /** X did not take the question itself (400): asked in another way it might be. */
      readonly isRefusedQuestion: boolean;
    };

/** Asks one question with something added to its query. */
export type Ask = (more: Readonly<Record<string, string>>) => Promise<Answered>;

/**
 * Asks once. An answer that has something to read is a body, whatever errors it lists beside.
 * @param path From `/2/` on
 * @throws The signal's reason when it fires
 */
export async function askX(
  { client, keys, clock }: XSourceParts,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answered> {
  signal.throwIfAborted();
  const answer = await client.ask(keys, { method: "GET", path, query }, signal);
  signal.throwIfAborted();
  if (answer.kind === "answer" && answer.status === 200 && hasContent(answer.body))
    return { kind: "body", body: answer.body };
  const hasCursor = "pagination_token" in query || "next_token" in query;
  const isRefusedQuestion = answer.kind === "answer" && answer.status === 400;
  return { kind: "fault", fault: faultOf(answer, { hasCursor, now: clock.now() }), isRefusedQuestion };
}

/** Errors beside something to read are about parts of it; beside nothing they are the answer. */
function hasContent(body: unknown): body is object {
  if (typeof body !== "object" || body === null) return false;
  if (!("data" in body || "meta" in body)) return false;
  const hasErrors = "errors" in body && Array.isArray(body.errors) && body.errors.length > 0;
  const isEmpty = !("data" in body) || (Array.isArray(body.data) && body.data.length === 0);
  return !(hasErrors && isEmpty);
}

/** An answer that came and can't be understood. */
export const unreadable: SourceFault = { kind: "unavailable", why: "xUnclear" };

/** A cursor that none of our pages ended with. */
export const notACursor: SourceFault = {
  kind: "badCursor",
  why: "placeUnreadable",
};
