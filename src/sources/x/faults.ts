/**
 * What X's answers mean for collecting: one table, the first row that fits. Asking changes nothing on X, so whatever
 * gave no clear answer is simply asked again.
 */
import type { XProblem } from "../../lib/x-api/problem.ts";
import { hasCode, isOfKind, problemIn } from "../../lib/x-api/problem.ts";
import type { XLimits } from "../../lib/x-api/rate-limits.ts";
import { exhaustedUntil } from "../../lib/x-api/rate-limits.ts";
import type { XAnswer } from "../../lib/x-api/x-client.ts";
import type { SourceFault } from "../source.ts";

export interface Circumstances {
  /** Whether the question had a cursor, which may then be what is wrong. */
  readonly hasCursor: boolean;
  /** ms since the epoch */
  readonly now: number;
}

interface Row {
  readonly fits: (problem: XProblem) => boolean;
  readonly fault: SourceFault;
}

/** Numbers before kinds, kinds before bare statuses: what says most goes first. */
const rows: readonly Row[] = [
  {
    fits: ({ status }) => status >= 500 || status === 408,
    fault: { kind: "unavailable", why: "xUnclear" },
  },
  {
    fits: (problem) => hasCode(64)(problem) || /your account (is|has been) suspended/i.test(problem.words),
    fault: { kind: "accessLost", why: "xAccountSuspended" },
  },
  {
    fits: (problem) => hasCode(326)(problem) || /account is temporarily locked/i.test(problem.words),
    fault: { kind: "accessLost", why: "xAccountLocked" },
  },
  {
    fits: (problem) =>
      isOfKind("oauth1-permissions", "unsupported-authentication", "client-forbidden")(problem) ||
      hasCode(93, 453)(problem),
    fault: { kind: "accessLost", why: "xAppMayNotRead" },
  },
  {
    // A page in HTML comes from something in front of X, which knows no keys of ours.
    fits: (problem) => (problem.status === 401 && problem.isJson) || hasCode(32, 89, 135)(problem),
    fault: {
      kind: "accessLost",
      why: "xKeysRefused",
    },
  },
  {
    fits: ({ words }) => words.includes("SpendCapReached"),
    fault: { kind: "creditsGone", why: "xSpendCap" },
  },
  {
    fits: (problem) => problem.status === 402 || isOfKind("credits")(problem),
    fault: { kind: "creditsGone", why: "xNoCredits" },
  },
  {
    fits: (problem) => isOfKind("usage-capped")(problem) || problem.words.includes("UsageCapExceeded"),
    fault: { kind: "creditsGone", why: "xMonthUsedUp" },
  },
  {
    fits: (problem) =>
      problem.status === 429 || hasCode(88)(problem) || isOfKind("rate-limit-exceeded")(problem),
    fault: { kind: "throttled", why: "xWait" },
  },
  {
    fits: ({ words }) => /user has been suspended/i.test(words),
    fault: { kind: "targetGone", why: "xPersonSuspended" },
  },
  {
    fits: isOfKind("not-authorized-for-resource"),
    fault: { kind: "targetGone", why: "xProtected" },
  },
  {
    // Not of a 404 in HTML: that comes from something else than X, and a target that is gone is not asked again.
    fits: (problem) =>
      (problem.status === 404 && problem.isJson) ||
      isOfKind("resource-not-found", "resource-unavailable")(problem),
    fault: { kind: "targetGone", why: "xNoSuchTarget" },
  },
  // After the rows about what an answer of 200 may list: with nothing listed it was simply no answer.
  {
    fits: ({ isJson, status }) => !isJson || status < 400,
    fault: { kind: "unavailable", why: "xUnclear" },
  },
  {
    fits: ({ status, parameters }) => status === 400 && parameters.some((name) => TARGET.test(name)),
    fault: { kind: "targetGone", why: "xRefusesQuestion" },
  },
  // What names nothing of the target is about how we ask: every other target would fare alike.
  { fits: ({ status }) => status === 400, fault: { kind: "accessLost", why: "xRefusedQuestion" } },
];

/** Parameters that hold what the operator chose. */
const TARGET = /^(id|query|usernames?)$/;

/** Says of the asker or of the app, and not of what was asked: no other target would fare better. */
const ANYTHING_ELSE: SourceFault = { kind: "accessLost", why: "xUnexplained" };

/** Tells what an answer that brought nothing means. */
export function faultOf(answer: XAnswer, { hasCursor, now }: Circumstances): SourceFault {
  if (answer.kind === "failure") return { kind: "unavailable", why: answer.why };
  const problem = problemIn(answer.status, answer.body);
  if (hasCursor && problem.parameters.some((name) => /^(pagination|next)_token$/.test(name)))
    return { kind: "badCursor", why: "xRefusesPlace" };
  const fault = rows.find(({ fits }) => fits(problem))?.fault ?? ANYTHING_ELSE;
  return fault.kind === "throttled" ? { ...fault, ...until(answer.limits, now) } : fault;
}

/** Until every window that is used up begins anew; a second more, because X counts in whole ones. */
function until(limits: XLimits, now: number): { readonly retryAt?: number } {
  const named = [exhaustedUntil(limits), limits.retryAt].filter((moment) => moment !== undefined);
  return named.length === 0 ? {} : { retryAt: Math.max(now, ...named) + 1000 };
}
