/** What each answer of Bluesky that is no success means for the collector. */
import { z } from "zod";
import type { JsonAnswer } from "../../lib/http/http-json.ts";
import { isWebPage, retryAfter } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";

const errorSchema = z.object({ error: z.string(), message: z.string().catch("") });

/** The name of the error that an answer holds; empty where it holds none. */
export function errorNameOf(answer: JsonAnswer): string {
  return answer.kind === "answer" ? (errorSchema.safeParse(answer.body).data?.error ?? "") : "";
}

/** Errors that say that the account or the post can't be seen, by whichever method, and what each means. */
const gone: ReadonlyMap<string, string> = new Map([
  ["AccountDeactivated", "its owner has deactivated this account; it may come back"],
  ["AccountSuspended", "Bluesky has suspended this account or taken it down"],
  ["AccountTakedown", "Bluesky has suspended this account or taken it down"],
  ["BadQueryString", "Bluesky does not understand this search"],
  ["BlockedActor", "this account is blocked"],
  ["BlockedByActor", "this account is blocked"],
  ["NotFound", "Bluesky knows no such post: deleted, or a slip in the link"],
  ["RecordNotFound", "Bluesky knows no such post: deleted, or a slip in the link"],
]);
/** What servers in front of Bluesky answer with a page instead of an error of its own. */
const GATEWAY: SourceFault = {
  kind: "unavailable",
  why: "something in front of Bluesky answers in its place",
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
    return { kind: "accessLost", why: "Bluesky shows this only to those who are logged in" };
  const lost = gone.get(error);
  if (lost !== undefined) return { kind: "targetGone", why: lost };
  if (status === 400 && body !== undefined) return ofRefusal(message);
  if (status === 404 || status === 501)
    return { kind: "accessLost", why: "this server does not answer Bluesky's questions" };
  if (status === 200) return { kind: "unavailable", why: "Bluesky's answer can't be read" };
  return { kind: "unavailable", why: "Bluesky is out of order" };
}

/** `InvalidRequest` is the error of everything that is wrong with a question; only its words tell what. */
function ofRefusal(message: string): SourceFault {
  if (/cursor/i.test(message)) return { kind: "badCursor", why: "Bluesky refuses to go on from this page" };
  if (
    /(actor|profile|account|repo) not found|could not (find|resolve)|unable to resolve handle/i.test(message)
  )
    return {
      kind: "targetGone",
      why: "Bluesky knows no such account: renamed, deleted, or a slip in the name",
    };
  return { kind: "unclear", why: "Bluesky refuses the question and does not say why" };
}

/** Bluesky sends no `retry-after`; its own header names a moment in Unix seconds. */
function throttled(headers: Headers, now: number): SourceFault {
  const reset = headers.get("ratelimit-reset") ?? "";
  const retryAt = /^\d{9,11}$/.test(reset) ? Number(reset) * 1000 : retryAfter(headers, now);
  return {
    kind: "throttled",
    ...(retryAt === undefined ? {} : { retryAt }),
    why: "Bluesky asks for a pause",
  };
}
