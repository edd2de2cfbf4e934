import type { Words } from "../../words/words.ts";
import type { Looking, Performing, Planning, Run } from "../command.ts";

/** What the commands about audiences and tags work with. */
export interface AudienceWays {
  readonly run: Run;
  readonly looking: Looking;
  readonly planning: Planning;
  readonly performing: Performing;
  /** ms since the epoch */
  readonly now: () => number;
  readonly words: Words;
}
