import type { Words } from "../../../../words/words.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";

/**
 * One thing that may be set of a campaign beside what everybody is asked. `topic-<name>` names it, and `topic-<name>-off`
 * says what holds while it is not set.
 */
export interface Topic {
  readonly name: string;
  /** Tells whether there is anything to set, by what is known so far; absent: always. */
  isFor?(state: DraftState): boolean;
  /** What it is set to, in few words; undefined while it is not set. */
  value(state: DraftState, words: Words): string | undefined;
  /** Asks for it and sets it. */
  run(talk: Talk, state: DraftState): Promise<"back" | "cancel">;
}
