/**
 * What X's answers mean for a send: one table, the first row that fits. Whether a message may have left is decided here
 * and nowhere else: only what X itself refused in so many words counts as surely not sent, and only what proves to be
 * about the recipient ends one.
 */
import type { Fault } from "../../domain/fault.ts";
import type { XProblem } from "../../lib/x-api/problem.ts";
import { hasCode, isOfKind, problemIn } from "../../lib/x-api/problem.ts";
import type { XLimits } from "../../lib/x-api/rate-limits.ts";
import { exhaustedUntil } from "../../lib/x-api/rate-limits.ts";
import type { XAnswer } from "../../lib/x-api/x-client.ts";

/** After the spam guard an account rests this long: nothing is published, and a person should look at it first. */
const SPAM_GUARD_REST_MS = 6 * 3_600_000;

/** X's documentation waits no shorter after a 429, whatever the headers say. */
const LEAST_WAIT_MS = 60_000;

const DAY_MS = 24 * 3_600_000;
/** The longest window of any limit is a day; a slip of X or of something in between would else be for ever. */
const LONGEST_PAUSE_MS = 25 * 3_600_000;
/** Caps are counted by the month: a later day is a slip. */
const MONTH_MS = 32 * DAY_MS;

interface Moment {
  readonly now: number;
  readonly limits: XLimits;
}

interface Row {
  readonly fits: (problem: XProblem) => boolean;
  readonly fault: Fault | ((problem: XProblem, moment: Moment) => Fault);
}

const says =
  (words: RegExp) =>
  (problem: XProblem): boolean =>
    words.test(problem.words);

const NOT_THIS_TEXT = "xRefusesText";
const REFUSED_QUESTION = "xRefusedQuestion";

/** Said by X of this very person, by name or id. */
const GONE: Fault = { kind: "recipient", state: "notFound", why: "xPersonGone" };

/** Numbers before kinds, kinds before words, words before bare statuses: what says most goes first. */
const rows: readonly Row[] = [
  // Whatever a broken service says of the message, it may be on its way.
  {
    fits: ({ status }) => status >= 500 || status === 408,
    fault: { kind: "uncertain", why: "xUnclear" },
  },
  // Our own account.
  {
    fits: (problem) => hasCode(226)(problem) || says(/looks like it might be automated/i)(problem),
    fault: (_problem, { now }) => ({
      kind: "account",
      trouble: "resting",
      until: now + SPAM_GUARD_REST_MS,
      why: "xAutomated",
    }),
  },
  {
    fits: (problem) => hasCode(64)(problem) || says(/your account (is|has been) suspended/i)(problem),
    fault: { kind: "account", trouble: "locked", why: "xAccountSuspended" },
  },
  {
    fits: (problem) => hasCode(326)(problem) || says(/account is temporarily locked/i)(problem),
    fault: {
      kind: "account",
      trouble: "locked",
      why: "xAccountLocked",
    },
  },
  // What the app may do.
  {
    fits: (problem) => hasCode(93)(problem) || isOfKind("oauth1-permissions")(problem),
    fault: {
      kind: "account",
      trouble: "loggedOut",
      why: "xAppMayNotSend",
    },
  },
  {
    fits: isOfKind("unsupported-authentication"),
    fault: {
      kind: "account",
      trouble: "loggedOut",
      why: "xKeysOfWrongKind",
    },
  },
  {
    fits: (problem) =>
      hasCode(453)(problem) || isOfKind("client-forbidden")(problem) || says(/client-not-enrolled/)(problem),
    fault: {
      kind: "account",
      trouble: "loggedOut",
      why: "xAppWithoutProject",
    },
  },
  {
    fits: (problem) => problem.status === 401 || hasCode(32, 89, 135)(problem),
    fault: {
      kind: "account",
      trouble: "loggedOut",
      why: "xKeysRefused",
    },
  },
  // Money and caps.
  { fits: says(/SpendCapReached/), fault: (problem, { now }) => spendCapReached(problem, now) },
  {
    fits: (problem) =>
      problem.status === 402 || isOfKind("credits")(problem) || says(/CreditsDepleted/)(problem),
    fault: { kind: "rejected", why: "xNoCredits" },
  },
  {
    fits: (problem) => isOfKind("usage-capped")(problem) || says(/UsageCapExceeded/)(problem),
    fault: { kind: "rejected", why: "xMonthUsedUp" },
  },
  {
    fits: (problem) =>
      problem.status === 429 || hasCode(88)(problem) || isOfKind("rate-limit-exceeded")(problem),
    fault: (_problem, moment) => askedToWait(retryAt(moment), moment.now),
  },
  // May be on its way: what the service did not answer itself, and what it says it has already.
  {
    fits: ({ isJson, status }) => !isJson || status < 400,
    fault: (problem) => unlessTold(problem, { kind: "uncertain", why: "xUnclear" }),
  },
  {
    fits: (problem) => hasCode(151, 187)(problem) || says(/already said that|duplicate content/i)(problem),
    fault: { kind: "uncertain", why: "xHasText" },
  },
  // The recipient.
  {
    fits: (problem) => hasCode(349, 150)(problem) || says(/do not have permission to DM/i)(problem),
    fault: { kind: "recipient", state: "refused", why: "takesNoMessages" },
  },
  {
    fits: (problem) => hasCode(476)(problem) || says(/sender is not verified/i)(problem),
    fault: { kind: "recipient", state: "refused", why: "verifiedOnly" },
  },
  {
    fits: (problem) => isOfKind("resource-not-found")(problem) && isAboutPerson(problem),
    fault: GONE,
  },
  // Our own message, or the id it went to.
  {
    fits: (problem) =>
      problem.status === 413 || problem.parameters.some((name) => /text|attachments|body/.test(name)),
    fault: { kind: "rejected", why: NOT_THIS_TEXT },
  },
  {
    fits: (problem) => problem.status === 400 && problem.parameters.includes("participant_id"),
    fault: GONE,
  },
  // Nothing of it is about this person: most likely X changed how it wants to be asked.
  { fits: ({ status }) => status === 400, fault: { kind: "unexplained", why: REFUSED_QUESTION } },
];

/** The person is the one thing that a send names. Whatever X says is missing otherwise is not the person. */
function isAboutPerson({ resources, parameters }: XProblem): boolean {
  return (
    resources.every((resource) => resource === "user") &&
    parameters.every((name) => name === "participant_id" || name === "id")
  );
}

/** Of the rest nobody can say whom it is about: `403 Forbidden`, a bare 404, "This operation is not permitted". */
const ANYTHING_ELSE: Fault = { kind: "unexplained", why: "xUnexplained" };

/** What an answer that is no success means for the message that was to be sent. */
export function faultOf(answer: XAnswer, now: number): Fault {
  if (answer.kind === "failure")
    return { kind: answer.mayHaveLeft ? "uncertain" : "unavailable", why: answer.why };
  const problem = problemIn(answer.status, answer.body);
  const row = rows.find(({ fits }) => fits(problem));
  if (!row) return ANYTHING_ELSE;
  return typeof row.fault === "function" ? row.fault(problem, { now, limits: answer.limits }) : row.fault;
}

/**
 * The same for a question, which sends nothing: what is uncertain of a message is only unavailable of an answer, and what
 * would be wrong with a message or its recipient is a question that X refused.
 */
export function faultOfQuestion(answer: XAnswer, now: number): Fault {
  const fault = faultOf(answer, now);
  if (fault.kind === "uncertain") return { kind: "unavailable", why: fault.why };
  const isOfMessage = fault.kind === "recipient" || fault.why === NOT_THIS_TEXT;
  return isOfMessage ? { kind: "unexplained", why: REFUSED_QUESTION } : fault;
}

/** An answer of 200 that lists errors and nothing else says in them what it means. */
function unlessTold(problem: XProblem, otherwise: Fault): Fault {
  if (problem.status >= 300 || problem.types.length + problem.codes.length === 0) return otherwise;
  const told = rows.find(({ fits }) => fits({ ...problem, status: 499 }));
  return told && typeof told.fault === "object" ? told.fault : otherwise;
}

/** Until every window that is used up begins anew; a second more, because X counts in whole ones. */
function retryAt({ now, limits }: Moment): number {
  return Math.max(now + LEAST_WAIT_MS, (exhaustedUntil(limits) ?? 0) + 1000, limits.retryAt ?? 0);
}

/** What asks for longer than any window of X's is waited for only so long. */
function askedToWait(until: number, now: number): Fault {
  const asked = { kind: "throttled", scope: "account" } as const;
  if (until <= now + LONGEST_PAUSE_MS) return { ...asked, retryAt: until, why: "xWait" };
  const longer = { why: "xLongWait" } as const;
  return { ...asked, retryAt: now + LONGEST_PAUSE_MS, ...longer };
}

/** The cap holds for all accounts of its owner. Without a day it is looked at again after one. */
function spendCapReached({ resetDate }: XProblem, now: number): Fault {
  const day = Date.parse(`${resetDate ?? ""}T00:00:00Z`);
  const until = Number.isNaN(day) || day <= now ? now + DAY_MS : Math.min(day, now + MONTH_MS);
  return {
    kind: "throttled",
    scope: "channel",
    retryAt: until,
    why: "xSpendCap",
  };
}
