import { syncLines } from "../words/sync-lines.ts";
import type { Words } from "../words/words.ts";
import type { Figures } from "./figures.ts";
import type { Section, Tone } from "./view.ts";
import { linesOf } from "./view.ts";

/** How the copy in PostgreSQL stands. */
export function syncSection({ sync }: Figures, words: Words): Section {
  const title = words.plain("monitor-sync");
  const badge = { text: words.plain(`monitor-sync-${sync.kind}`), tone: toneOf(sync) };
  return {
    key: "sync",
    title,
    cards: [{ key: "sync", name: "PostgreSQL", badge, lines: linesOf(syncLines(sync, words)) }],
  };
}

function toneOf(sync: Figures["sync"]): Tone {
  if (sync.kind === "notConfigured" || sync.kind === "notNeeded") return "calm";
  if (sync.kind === "off") return sync.failed === undefined ? "calm" : "warn";
  return sync.loop.breaker === "closed" ? "good" : "warn";
}
