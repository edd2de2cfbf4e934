/** What each answer of a TikTok data provider means for the collector, by its status and never by its words. */
import { z } from "zod";
import type { JsonAnswer } from "../../lib/http/http-json.ts";
import { isWebPage, retryAfter } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";

/** A refusal may come with status 200 and its own status inside. */
const refusalSchema = z.object({ success: z.literal(false), errorStatus: z.number().int() });

/** Why an answer is no page; asked only when it is none. */
export interface Circumstances {
  /** Whether the question had a cursor, which may then be what is wrong. */
  readonly hasCursor: boolean;
  /** ms since the epoch */
  readonly now: number;
}

/** The status that counts: the one inside the body where there is one. */
export function statusOf(answer: Extract<JsonAnswer, { kind: "answer" }>): number {
  return refusalSchema.safeParse(answer.body).data?.errorStatus ?? answer.status;
}

/**
 * Tells what an answer that is no page means. Those from 460 on are EnsembleData's own (its package of clients,
 * version 0.1.12); the rest are ScrapeCreators', which the others share.
 */
export function faultOf(answer: JsonAnswer, { hasCursor, now }: Circumstances): SourceFault {
  if (answer.kind === "failure") return { kind: "unavailable", why: answer.why };
  const status = statusOf(answer);
  if (isWebPage(answer.headers) && status >= 400 && status < 500 && status !== 429 && status !== 408)
    return { kind: "unavailable", why: "dataIntercepted" };
  switch (status) {
    case 401:
    case 403:
    case 491:
    case 492:
      return { kind: "accessLost", why: "dataKeyRefused" };
    case 402:
    case 493:
    case 495:
      return { kind: "creditsGone", why: "dataNoCredits" };
    case 404:
      return { kind: "accessLost", why: "dataAddressUnknown" };
    case 400:
    case 422:
      if (hasCursor) return { kind: "badCursor", why: "dataRefusesPlace" };
      return status === 422
        ? { kind: "targetGone", why: "dataRefusesKeywords" }
        : { kind: "unclear", why: "dataRefusesQuestion" };
    case 469:
      return { kind: "targetGone", why: "tiktokNothing" };
    case 429:
      return throttled(answer.headers, now);
    case 200:
      return { kind: "unavailable", why: "dataUnreadable" };
    default:
      return { kind: "unavailable", why: "dataDown" };
  }
}

function throttled(headers: Headers, now: number): SourceFault {
  const retryAt = retryAfter(headers, now);
  return {
    kind: "throttled",
    ...(retryAt === undefined ? {} : { retryAt }),
    why: "dataWait",
  };
}
