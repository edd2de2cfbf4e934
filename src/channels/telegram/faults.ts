/**
 * What Telegram's answers to a send mean. One table, a test a row. Codes and parameters decide first; descriptions are
 * matched by parts of them, whatever their case, because their wording is no contract.
 */
import type { Fault } from "../../domain/fault.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { CallOutcome, Refusal } from "./bot-api.ts";

/** What an answer calls for. */
export type Reading =
  | { readonly kind: "delivered"; readonly result: unknown }
  /** `left`: the person is no subscriber any more. */
  | { readonly kind: "fault"; readonly fault: Fault; readonly left?: "blocked" | "deactivated" }
  /** The chat has another id now; nothing was sent. */
  | { readonly kind: "moved"; readonly chatId: number }
  /** Telegram has forgotten an uploaded file; nothing was sent. */
  | { readonly kind: "fileGone" };

/** When Telegram asks to wait without saying how long, in s. */
const DEFAULT_WAIT_S = 30;

interface Row {
  readonly codes: readonly number[];
  readonly says: RegExp;
  readonly reading: Exclude<Reading, { kind: "delivered" | "moved" }>;
}

function person(state: "notFound" | "refused", why: Reason): Reading & { kind: "fault" } {
  return { kind: "fault", fault: { kind: "recipient", state, why } };
}

/** Why, by the names that the locales have them under. */
export const reasons = {
  blocked: { why: "blockedBot" },
  deactivated: { why: "telegramAccountDeleted" },
  neverStarted: { why: "neverStartedBot" },
  noMessages: { why: "takesNoMessages" },
  formatting: { why: "telegramFormatting" },
  button: { why: "telegramButton" },
  empty: { why: "messageEmpty" },
  tooLong: { why: "messageTooLong" },
  tooLarge: { why: "telegramFileTooLarge" },
  picture: { why: "telegramPicture" },
  copyGone: { why: "copyGone" },
  copyRefused: { why: "copyRefused" },
  stars: { why: "telegramNoStars" },
  token: { why: "telegramToken" },
  tooFast: { why: "tooFast" },
  absurd: { why: "telegramLongWait" },
  unknown: { why: "telegramUnexplained" },
  unreached: { why: "telegramUnreachable" },
  cut: { why: "telegramCut" },
  unsaid: { why: "telegramUnclear" },
  stopped: { why: "stoppedBeforeAnswer" },
} as const;

function ourFault({ why }: { readonly why: Reason }): Reading & { kind: "fault" } {
  return { kind: "fault", fault: { kind: "rejected", why } };
}

/** The first row that fits counts. A 403 whose text is a code in capitals comes as a 400. */
const rows: readonly Row[] = [
  {
    codes: [403, 400],
    says: /blocked by the user|USER_IS_BLOCKED/i,
    reading: { ...person("refused", reasons.blocked.why), left: "blocked" },
  },
  {
    codes: [403, 400],
    says: /user is deactivated|INPUT_USER_DEACTIVATED/i,
    reading: { ...person("refused", reasons.deactivated.why), left: "deactivated" },
  },
  {
    codes: [403, 400],
    says: /can't initiate conversation|chat not found|PEER_ID_INVALID|USER_ID_INVALID/i,
    reading: person("notFound", reasons.neverStarted.why),
  },
  { codes: [400], says: /messages? to copy/i, reading: ourFault(reasons.copyGone) },
  {
    codes: [400],
    says: /can't be copied|CHAT_FORWARDS_RESTRICTED|QUIZ_/i,
    reading: ourFault(reasons.copyRefused),
  },
  { codes: [400], says: /CHAT_WRITE_FORBIDDEN|PRIVACY/i, reading: person("refused", reasons.noMessages.why) },
  { codes: [403], says: /(?:)/, reading: person("refused", reasons.noMessages.why) },
  { codes: [400], says: /wrong (?:remote )?file|temporarily unavailable/i, reading: { kind: "fileGone" } },
  { codes: [400], says: /can't parse entities|ENTITY|ENTITIES/i, reading: ourFault(reasons.formatting) },
  { codes: [400], says: /button|keyboard|reply markup/i, reading: ourFault(reasons.button) },
  { codes: [400], says: /is empty|must be non-empty/i, reading: ourFault(reasons.empty) },
  { codes: [400], says: /too long/i, reading: ourFault(reasons.tooLong) },
  { codes: [400, 413], says: /too big|too large/i, reading: ourFault(reasons.tooLarge) },
  { codes: [400], says: /PHOTO_|IMAGE_PROCESS_FAILED/i, reading: ourFault(reasons.picture) },
  { codes: [400, 402, 403], says: /BALANCE|STARS|PAYMENT/i, reading: ourFault(reasons.stars) },
  {
    codes: [401, 404],
    says: /(?:)/,
    reading: { kind: "fault", fault: { kind: "account", trouble: "loggedOut", ...reasons.token } },
  },
];

/** The seconds of silence that an answer asks for; undefined when it asks for none. */
export function waitAskedFor(outcome: CallOutcome): number | undefined {
  if (outcome.kind !== "refused" || outcome.refusal.error_code !== 429) return undefined;
  return outcome.refusal.parameters.retry_after ?? DEFAULT_WAIT_S;
}

/** Reads what came of a send, "too many requests" apart: what that means the lane knows. */
export function readingOf(outcome: CallOutcome): Reading {
  switch (outcome.kind) {
    case "done":
      return { kind: "delivered", result: outcome.result };
    case "refused":
      return refusalReading(outcome.refusal);
    case "unreached":
      return fault({ kind: "unavailable", ...reasons.unreached });
    case "unreadable":
      return fault({ kind: "uncertain", ...reasons.unsaid });
    case "lost":
      return fault({ kind: "uncertain", ...(outcome.isOurs ? reasons.stopped : reasons.cut) });
  }
}

function refusalReading({ error_code: code, description, parameters }: Refusal): Reading {
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: "moved", chatId: parameters.migrate_to_chat_id };
  if (code >= 500) return fault({ kind: "uncertain", ...reasons.unsaid });
  const row = rows.find((one) => one.codes.includes(code) && one.says.test(description));
  return row?.reading ?? fault({ kind: "unexplained", ...reasons.unknown });
}

function fault(one: Fault): Reading {
  return { kind: "fault", fault: one };
}
