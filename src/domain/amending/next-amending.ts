/** What is to be done about one person's message in an amendment. Pure: time and abilities are arguments. */
import type { RecipientState } from "../recipient.ts";
import type { Reason } from "../reasons/reason.ts";
import type { Amendment, AmendedState } from "./amendment.ts";
import { isInScope } from "./amendment.ts";
import type { AmendedMessage } from "./amendment-fold.ts";

/** What a platform can do about messages that were sent. */
export interface AmendingAbilities {
  /** `withinMs`: only so long after a message was sent; absent: at any age. Absent altogether: never. */
  readonly takesBack?: { readonly withinMs?: number };
  /** Absent: it can't put another text in the place of one. */
  readonly mends?: true;
}

/** A message as the results know it. */
export interface SentMessage {
  readonly username: string;
  readonly state: RecipientState;
  readonly revision?: number;
  readonly messageId?: string;
  /** When it was sent, ms since the epoch. */
  readonly at?: number;
}

export type AmendingStep =
  /** It is none of this amendment's affair, or has an ending already. */
  | { readonly kind: "pass" }
  /** Its message stays, and nothing is asked. */
  | { readonly kind: "keep"; readonly why: Reason }
  | { readonly kind: "call"; readonly messageId: string };

/** How somebody's message stands before the step. */
export interface AmendedBefore {
  /** In this amendment. */
  readonly here: AmendedState | undefined;
  /** By all amendments. */
  readonly stands: AmendedMessage | undefined;
}

/** @param now ms since the epoch */
export function amendingStep(
  amendment: Pick<Amendment, "kind" | "scope" | "at">,
  message: SentMessage,
  {
    here,
    stands,
    abilities,
    now,
  }: AmendedBefore & { readonly abilities: AmendingAbilities; readonly now: number },
): AmendingStep {
  const { state, messageId, at = 0 } = message;
  if (state !== "sent" || at > amendment.at || !isInScope(amendment.scope, message)) return { kind: "pass" };
  if (here && here.state !== "claimed") return { kind: "pass" };
  // Another amendment has taken it back: there is nothing left to take back or to mend.
  if (!here && stands?.isTakenBack === "yes") return { kind: "pass" };
  if (messageId === undefined) return { kind: "keep", why: "messageIdUnknown" };
  // What was claimed may be gone already: only the platform knows, at whatever age.
  if (!here && amendment.kind === "takeBack" && isTooOld(at, abilities, now))
    return { kind: "keep", why: "tooOldToTakeBack" };
  return { kind: "call", messageId };
}

function isTooOld(sentAt: number, { takesBack }: AmendingAbilities, now: number): boolean {
  return takesBack?.withinMs !== undefined && now - sentAt >= takesBack.withinMs;
}
