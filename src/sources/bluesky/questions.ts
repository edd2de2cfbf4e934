/** How Bluesky's public service is asked: one call, answered as a body or as what its failure means. */
import type { Clock } from "../../lib/clock.ts";
import type { AskJson, JsonAnswer, JsonQuestion } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";
import { faultOf } from "./faults.ts";
import type { BlueskySession } from "./session.ts";

export interface BlueskyParts {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly ask: AskJson;
  readonly clock: Clock;
  /** Asks as an account; absent: as anybody. */
  readonly session?: BlueskySession;
}

export type Answered =
  | { readonly kind: "body"; readonly body: unknown }
  | {
      readonly kind: "fault";
      readonly fault: SourceFault;
      /** Bluesky, or what stands in front of it, does not let the asker in (403). */
      readonly isForbidden: boolean;
    };

/**
 * Asks one method of the service.
 * @param method e.g. `app.bsky.graph.getFollowers`
 * @throws The signal's reason when it fires
 */
export async function askBluesky(
  parts: BlueskyParts,
  method: string,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  signal: AbortSignal,
): Promise<Answered> {
  const { baseUrl, clock } = parts;
  signal.throwIfAborted();
  const url = new URL(`${baseUrl}/xrpc/${method}?${encoded(parameters)}`);
  const answer = await answerTo(parts, { url }, signal);
  signal.throwIfAborted();
  if (answer.kind !== "answer" && answer.kind !== "failure")
    return { kind: "fault", fault: answer, isForbidden: false };
  if (answer.kind === "answer" && answer.status === 200 && answer.body !== undefined)
    return { kind: "body", body: answer.body };
  const isForbidden = answer.kind === "answer" && answer.status === 403;
  return { kind: "fault", fault: faultOf(answer, clock.now()), isForbidden };
}

function answerTo(
  { ask, session }: BlueskyParts,
  question: JsonQuestion,
  signal: AbortSignal,
): Promise<JsonAnswer | SourceFault> {
  return session ? session.ask(question, signal) : ask(question, signal);
}

/** What has several values stands there several times. */
function encoded(parameters: Readonly<Record<string, string | readonly string[]>>): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat()) all.append(name, one);
  return all.toString();
}

/** An answer that came and can't be understood. */
export const unreadable: SourceFault = { kind: "unavailable", why: "blueskyUnreadable" };
