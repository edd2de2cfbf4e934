/** How Bluesky's public service is asked: one call, answered as a body or as what its failure means. */
import type { Clock } from "../../lib/clock.ts";
import type { AskJson } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";
import { faultOf } from "./faults.ts";

export interface BlueskyParts {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly ask: AskJson;
  readonly clock: Clock;
}

export type Answered =
  { readonly kind: "body"; readonly body: unknown } | { readonly kind: "fault"; readonly fault: SourceFault };

/**
 * Asks one method of the service.
 * @param method e.g. `app.bsky.graph.getFollowers`
 * @throws The signal's reason when it fires
 */
export async function askBluesky(
  { baseUrl, ask, clock }: BlueskyParts,
  method: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answered> {
  signal.throwIfAborted();
  const url = new URL(`${baseUrl}/xrpc/${method}?${new URLSearchParams(parameters).toString()}`);
  const answer = await ask({ url }, signal);
  signal.throwIfAborted();
  if (answer.kind === "answer" && answer.status === 200 && answer.body !== undefined)
    return { kind: "body", body: answer.body };
  return { kind: "fault", fault: faultOf(answer, clock.now()) };
}

/** An answer that came and can't be understood. */
export const unreadable: SourceFault = { kind: "unavailable", why: "Bluesky's answer can't be read" };
