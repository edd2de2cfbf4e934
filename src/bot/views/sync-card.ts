/** How the copy in PostgreSQL stands, with the buttons that switch it. */
import type { LoopStatus, SyncStatus } from "../../app/sync-desk.ts";
import { remarkOn } from "../../app/sync-desk.ts";
import type { Words } from "../../words/words.ts";
import type { Button, View } from "./view.ts";

export function syncCard(status: SyncStatus, words: Words): View {
  switch (status.kind) {
    case "notConfigured":
      return { text: words.say("sync-none") };
    case "off": {
      const failed = status.failed === undefined ? [] : [words.say("sync-failed", { why: status.failed })];
      const text = [words.say("sync-off"), ...failed].join("\n");
      return { text, rows: [[button("usual", words), button("real-time", words)]] };
    }
    case "on":
      return {
        text: [words.say("sync-on", { seconds: status.intervalS }), ...standing(status, words)].join("\n"),
        rows: [[button("look", words), button("off", words)]],
      };
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
  const [unreadable] = lastRound?.unreadable ?? [];
  return [
    ...(lastRound?.isLeading === false ? [words.say("sync-standing-by")] : []),
    ...(unreadable === undefined ? [] : [words.say("sync-unreadable", { why: unreadable })]),
    ...(lastError === undefined ? [] : [words.say("sync-trouble", { why: lastError })]),
    ...(retries + failures > 0 ? [words.say("sync-attempts", { retries, failures })] : []),
  ];
}

function button(name: "usual" | "real-time" | "off" | "look", words: Words): Button {
  return { label: words.plain(`button-sync-${name}`), choice: `sync:${name}` };
}
