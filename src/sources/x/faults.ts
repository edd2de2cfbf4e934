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
    fault: { kind: "unavailable", why: "X gave no clear answer" },
  },
  {
    fits: (problem) => hasCode(64)(problem) || /your account (is|has been) suspended/i.test(problem.words),
    fault: { kind: "accessLost", why: "X has suspended this account" },
  },
  {
    fits: (problem) => hasCode(326)(problem) || /account is temporarily locked/i.test(problem.words),
    fault: { kind: "accessLost", why: "X has locked this account until somebody unlocks it on x.com" },
  },
  {
    fits: (problem) =>
      isOfKind("oauth1-permissions", "unsupported-authentication", "client-forbidden")(problem) ||
      hasCode(93, 453)(problem),
    fault: { kind: "accessLost", why: "its X app may not read this: look at it on console.x.com" },
  },
  {
    // A page in HTML comes from something in front of X, which knows no keys of ours.
    fits: (problem) => (problem.status === 401 && problem.isJson) || hasCode(32, 89, 135)(problem),
    fault: {
      kind: "accessLost",
      why: "X does not accept its keys: make new ones, and check this machine's clock",
    },
  },
  {
    fits: ({ words }) => words.includes("SpendCapReached"),
    fault: { kind: "creditsGone", why: "the spend cap set on console.x.com is reached" },
  },
  {
    fits: (problem) => problem.status === 402 || isOfKind("credits")(problem),
    fault: { kind: "creditsGone", why: "no X credits are left: buy some on console.x.com, then go on" },
  },
  {
    fits: (problem) => isOfKind("usage-capped")(problem) || problem.words.includes("UsageCapExceeded"),
    fault: { kind: "creditsGone", why: "the month's use of X's API is used up" },
  },
  {
    fits: (problem) =>
      problem.status === 429 || hasCode(88)(problem) || isOfKind("rate-limit-exceeded")(problem),
    fault: { kind: "throttled", why: "X asks this account to wait" },
  },
  {
    fits: ({ words }) => /user has been suspended/i.test(words),
    fault: { kind: "targetGone", why: "X has suspended this person" },
  },
  {
    fits: isOfKind("not-authorized-for-resource"),
    fault: { kind: "targetGone", why: "X does not show this: the account is protected" },
  },
  {
    // Not of a 404 in HTML: that comes from something else than X, and a target that is gone is not asked again.
    fits: (problem) =>
      (problem.status === 404 && problem.isJson) ||
      isOfKind("resource-not-found", "resource-unavailable")(problem),
    fault: { kind: "targetGone", why: "X knows no such account or post" },
  },
  // After the rows about what an answer of 200 may list: with nothing listed it was simply no answer.
  {
    fits: ({ isJson, status }) => !isJson || status < 400,
    fault: { kind: "unavailable", why: "X gave no clear answer" },
  },
  {
    fits: ({ status, parameters }) => status === 400 && parameters.some((name) => TARGET.test(name)),
    fault: { kind: "targetGone", why: "X refuses this question" },
  },
  // What names nothing of the target is about how we ask: every other target would fare alike.
  { fits: ({ status }) => status === 400, fault: { kind: "accessLost", why: "X refused the question" } },
];

/** Parameters that hold what the operator chose. */
const TARGET = /^(id|query|usernames?)$/;

/** Says of the asker or of the app, and not of what was asked: no other target would fare better. */
const ANYTHING_ELSE: SourceFault = { kind: "accessLost", why: "X refused it without saying why" };

/** Tells what an answer that brought nothing means. */
export function faultOf(answer: XAnswer, { hasCursor, now }: Circumstances): SourceFault {
  if (answer.kind === "failure") return { kind: "unavailable", why: answer.why };
  const problem = problemIn(answer.status, answer.body);
  if (hasCursor && problem.parameters.some((name) => /^(pagination|next)_token$/.test(name)))
    return { kind: "badCursor", why: "X refuses to go on from this page" };
  const fault = rows.find(({ fits }) => fits(problem))?.fault ?? ANYTHING_ELSE;
  return fault.kind === "throttled" ? { ...fault, ...until(answer.limits, now) } : fault;
}

/** Until every window that is used up begins anew; a second more, because X counts in whole ones. */
function until(limits: XLimits, now: number): { readonly retryAt?: number } {
  const named = [exhaustedUntil(limits), limits.retryAt].filter((moment) => moment !== undefined);
  return named.length === 0 ? {} : { retryAt: Math.max(now, ...named) + 1000 };
}
