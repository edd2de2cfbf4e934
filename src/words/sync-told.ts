import type { RoundReport, SyncEvent } from "../app/sync-control.ts";
import type { PlainWords } from "./plain-words.ts";
import { momentText } from "./moment-text.ts";
import { reasonText } from "./reason-text.ts";
import { troubleText } from "./trouble-text.ts";
import type { Words } from "./words.ts";

/** What a sync tells while it works, for a terminal or a log. */
export interface SyncLine {
  readonly text: string;
  /** Somebody should look; else it is only good to know. */
  readonly isProblem: boolean;
}

/** The lines for an event, none for one that says nothing new. */
export function syncToldLines(event: SyncEvent, words: Words): readonly SyncLine[] {
  switch (event.kind) {
    case "attemptFailed":
      return [problem(attemptText(event, words))];
    case "round":
      return roundLines(event, words);
    case "roundFailed":
      return []; // its last attempt was told
    case "restarted":
      return [problem(words.plain("cli-sync-restarted", { feed: event.feed }))];
    case "breakerOpened": {
      const moment = momentText(event.until, words);
      return [problem(words.plain("cli-sync-breaker-opened", { moment }))];
    }
    case "breakerClosed":
      return [notice(words.plain("cli-sync-breaker-closed"))];
    case "intervalChanged":
      return [notice(words.plain("cli-sync-interval", { seconds: event.intervalMs / 1000 }))];
  }
}

/** Steps by what the sync calls them; everything else is a log by its path. */
const steps = {
  "opt-outs": "cli-sync-step-optOuts",
  campaigns: "cli-sync-step-campaigns",
  connecting: "cli-sync-step-connecting",
  "taking the lead": "cli-sync-step-lead",
  comparison: "cli-sync-step-comparison",
} as const;

function isStep(what: string): what is keyof typeof steps {
  return Object.hasOwn(steps, what);
}

/** In English the database's own words say more than the reason they stand for. */
function attemptText(
  { what, attempt, of, why, reason, delayMs, isTransient }: SyncEvent & { readonly kind: "attemptFailed" },
  words: Pick<Words, "plain" | "locale">,
): string {
  const end = words.plain(isTransient ? "cli-sync-given-up" : "cli-sync-no-use");
  return words.plain("cli-sync-attempt", {
    what: isStep(what) ? words.plain(steps[what]) : what,
    attempt,
    of,
    why: words.locale === "en" ? why : reasonText(reason, words),
    end: delayMs === undefined ? end : words.plain("cli-sync-again", { seconds: delayMs / 1000 }),
  });
}

function roundLines({ lines, optOuts, damaged }: RoundReport, words: PlainWords): readonly SyncLine[] {
  const { taken, refused, waiting } = optOuts;
  const one = (count: number, say: (text: string) => SyncLine, id: string): SyncLine[] =>
    count > 0 ? [say(words.plain(id, { count }))] : [];
  return [
    ...one(lines, notice, "cli-sync-copied"),
    ...one(taken, notice, "cli-sync-taken"),
    ...one(refused, problem, "cli-sync-refused"),
    ...one(waiting, problem, "cli-sync-waiting"),
    ...damaged.map((what) => problem(words.plain("cli-sync-not-copied", { what: troubleText(what, words) }))),
  ];
}

function notice(text: string): SyncLine {
  return { text, isProblem: false };
}

function problem(text: string): SyncLine {
  return { text, isProblem: true };
}
