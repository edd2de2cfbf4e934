import type { RecipientState } from "../recipient.ts";
import type { AmendedMessage } from "./amendment-fold.ts";

/** What a result is called once messages may be taken back and mended; what may be gone is never called sent. */
export type ResultState = RecipientState | "takenBack" | "maybeTakenBack" | "mended" | "maybeMended";

export const amendedStates = ["takenBack", "maybeTakenBack", "mended", "maybeMended"] as const;

/** How somebody stands by the journal and by all amendments together. */
export function standsAs(state: RecipientState, amended: AmendedMessage | undefined): ResultState {
  if (state !== "sent" || !amended) return state;
  if (amended.isTakenBack !== "no") return amended.isTakenBack === "yes" ? "takenBack" : "maybeTakenBack";
  if (!amended.mended) return state;
  return amended.mended.isSure ? "mended" : "maybeMended";
}
