/** What a campaign waits for a person's word for. */
import type { Hold } from "../domain/settings/holds.ts";

/** What a look at the campaign itself settles. */
export type LookedAt = Exclude<Hold, { kind: "restored" | "approval" }>;

/** Says one sentence, with or without markup. */
type Say = (id: string, variables: Record<string, string | number>) => string;

/** The sentence without the names; where there are any they are another line. */
export function holdSentence(hold: LookedAt, say: Say): string {
  switch (hold.kind) {
    case "triedFirst":
      return say("pause-tried-first", { count: hold.upTo });
    case "guardRail": {
      const { rule, count, of, share } = hold;
      return say(`pause-rail-${rule}`, { count, of, share });
    }
    case "spendCap":
      return say("pause-spend-cap", { spent: hold.spent, cap: hold.cap });
  }
}

/** The newest names it is about. */
export function newestNames(hold: LookedAt): readonly string[] {
  return hold.kind === "guardRail" ? (hold.names ?? []) : [];
}
