/** What each answer of Bluesky that is no success means for the collector. */
import { z } from "zod";
import type { JsonAnswer } from "../../lib/http/http-json.ts";
import { isWebPage, retryAfter } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

const errorSchema = z.object({ error: z.string(), message: z.string().catch("") });

/** The name of the error that an answer holds; empty where it holds none. */
export function errorNameOf(answer: JsonAnswer): string {
  return answer.kind === "answer" ? (errorSchema.safeParse(answer.body).data?.error ?? "") : "";
}

/** Errors that say that the account or the post can't be seen, by whichever method, and what each means. */
const gone: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ["AccountDeactivated", "blueskyDeactivated"],
  ["AccountSuspended", "blueskySuspended"],
  ["AccountTakedown", "blueskySuspended"],
  ["BadQueryString", "blueskySearchRefused"],
  ["BlockedActor", "blueskyBlocked"],
  ["BlockedByActor", "blueskyBlocked"],
  ["NotFound", "blueskyNoPost"],
  ["RecordNotFound", "blueskyNoPost"],
]);
/** What servers in front of Bluesky answer with a page instead of an error of its own. */
const GATEWAY: SourceFault = {
  kind: "unavailable",
  why: "blueskyIntercepted",
};
const noAccess = new Set(["AuthMissing", "AuthenticationRequired", "ExpiredToken", "InvalidToken"]);

/**
 * Tells what an answer that is no success means. The error's name goes before the status.
 *
 * A malformed cursor is answered with 500, like any breakdown of the service: it counts as one.
 * @param now ms since the epoch
 */
export function faultOf(answer: JsonAnswer, now: number): SourceFault {
  if (answer.kind === "failure") return { kind: "unavailable", why: answer.why };
  const { status, headers, body } = answer;
  const { error, message } = errorSchema.safeParse(body).data ?? { error: "", message: "" };
  if (status === 429 || error === "RateLimitExceeded") return throttled(headers, now);
  if (isWebPage(headers) && status >= 400) return GATEWAY;
  if (noAccess.has(error) || status === 401 || status === 403)
    return { kind: "accessLost", why: "blueskyLoginOnly" };
  const lost = gone.get(error);
  if (lost !== undefined) return { kind: "targetGone", why: lost };
  if (status === 400 && body !== undefined) return ofRefusal(message);
  if (status === 404 || status === 501) return { kind: "accessLost", why: "blueskyNotServed" };
  if (status === 200) return { kind: "unavailable", why: "blueskyUnreadable" };
  return { kind: "unavailable", why: "blueskyDown" };
}

/** `InvalidRequest` is the error of everything that is wrong with a question; only its words tell what. */
function ofRefusal(message: string): SourceFault {
  if (/cursor/i.test(message)) return { kind: "badCursor", why: "blueskyRefusesPlace" };
  if (
    /(actor|profile|account|repo) not found|could not (find|resolve)|unable to resolve handle/i.test(message)
  )
    return {
      kind: "targetGone",
      why: "blueskyNoAccount",
    };
  return { kind: "unclear", why: "blueskyRefusesQuestion" };
}

/** Bluesky sends no `retry-after`; its own header names a moment in Unix seconds. */
function throttled(headers: Headers, now: number): SourceFault {
  const reset = headers.get("ratelimit-reset") ?? "";
  const retryAt = /^\d{9,11}$/.test(reset) ? Number(reset) * 1000 : retryAfter(headers, now);
  return {
    kind: "throttled",
    ...(retryAt === undefined ? {} : { retryAt }),
    why: "blueskyWait",
  };
}
