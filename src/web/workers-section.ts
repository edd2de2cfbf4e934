import type { WorkerView } from "../app/health/workers.ts";
import type { Words } from "../words/words.ts";
import type { Figures } from "./figures.ts";
import type { Card, Section } from "./view.ts";

/** What else than sending is given to one of several processes, and how it is called. */
const duties: Readonly<Record<string, string>> = {
  chat: "worker-chat",
  replies: "worker-replies",
  collecting: "worker-collecting",
  "follow-ups": "worker-followUps",
  webhooks: "worker-webhooks",
};

/** Which process does what; nothing where one does everything. */
export function workersSection({ workers }: Figures, words: Words): readonly Section[] {
  if (!workers) return [];
  const cards = workers.map((one) => workerCard(one, words));
  const empty = cards.length === 0 ? { empty: words.plain("monitor-no-worker") } : {};
  return [{ key: "workers", title: words.plain("monitor-workers"), ...empty, cards }];
}

function workerCard({ worker, accounts, duties: done }: WorkerView, words: Words): Card {
  const names = accounts.map(({ account }) => account);
  return {
    key: worker,
    name: worker,
    badge: { text: words.plain("monitor-worker-accounts", { count: names.length }), tone: "calm" },
    lines: [
      ...(names.length === 0 ? [] : [words.plain("worker-sends", { accounts: names.join(", ") })]),
      ...done.map((duty) => words.plain(duties[duty] ?? "worker-other", { duty })),
    ],
  };
}
