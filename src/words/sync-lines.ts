import type { LoopStatus, SyncStatus } from "../app/sync-control.ts";
import { remarkOn } from "../app/sync-control.ts";
import { troubleText } from "./trouble-text.ts";
import type { Words } from "./words.ts";

/** Says how the copy in PostgreSQL stands, as Telegram HTML, a sentence each. */
export function syncLines(status: SyncStatus, words: Words): readonly string[] {
  switch (status.kind) {
    case "notConfigured":
      return [words.say("sync-none")];
    case "notNeeded":
      return [words.say("sync-not-needed")];
    case "off": {
      const failed =
        status.failed === undefined ? [] : [words.say("sync-failed", { why: words.reason(status.failed) })];
      return [words.say("sync-off"), ...failed];
    }
    case "on":
      return [words.say("sync-on", { seconds: status.intervalS }), ...standing(status, words)];
  }
}

function standing({ intervalS, loop }: Extract<SyncStatus, { kind: "on" }>, words: Words): readonly string[] {
  return [
    ...(remarkOn(intervalS) ? [words.say("sync-often")] : []),
    loop.syncedAt === undefined
      ? words.say("sync-not-yet")
      : words.say("sync-last", { moment: words.moment(loop.syncedAt), count: loop.lines }),
    ...(loop.optOuts > 0 ? [words.say("sync-opt-outs", { count: loop.optOuts })] : []),
    ...troubles(loop, words),
  ];
}

function troubles({ lastRound, lastError, retries, failures }: LoopStatus, words: Words): readonly string[] {
  const [damaged] = lastRound?.damaged ?? [];
  return [
    ...(lastRound?.isLeading === false ? [words.say("sync-standing-by")] : []),
    ...(damaged ? [words.say("sync-unreadable", { what: troubleText(damaged, words) })] : []),
    ...(lastError === undefined ? [] : [words.say("sync-trouble", { why: words.reason(lastError) })]),
    ...(retries + failures > 0 ? [words.say("sync-attempts", { retries, failures })] : []),
  ];
}
