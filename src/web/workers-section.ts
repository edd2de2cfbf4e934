import type { WorkerView } from "../app/health/workers.ts";
import { workerLines } from "../words/worker-lines.ts";
import type { Words } from "../words/words.ts";
import type { Figures } from "./figures.ts";
import type { Card, Section } from "./view.ts";

/** Which process does what; nothing where one does everything. */
export function workersSection({ workers }: Figures, words: Words): readonly Section[] {
  if (!workers) return [];
  const cards = workers.map((one) => workerCard(one, words));
  const empty = cards.length === 0 ? { empty: words.plain("monitor-no-worker") } : {};
  return [{ key: "workers", title: words.plain("monitor-workers"), ...empty, cards }];
}

function workerCard(view: WorkerView, words: Words): Card {
  const { worker, accounts } = view;
  return {
    key: worker,
    name: worker,
    badge: { text: words.plain("monitor-worker-accounts", { count: accounts.length }), tone: "calm" },
    lines: workerLines(view, words),
  };
}
