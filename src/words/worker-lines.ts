/** What one of several processes does, in words. */
import type { WorkerView } from "../app/health/workers.ts";
import type { Words } from "./words.ts";
import { joinedNames } from "./joined.ts";

/** What else than sending is given to one of several processes, and how it is called. */
const duties: Readonly<Record<string, string>> = {
  chat: "worker-chat",
  replies: "worker-replies",
  collecting: "worker-collecting",
  "follow-ups": "worker-followUps",
  webhooks: "worker-webhooks",
};

/** A line for its accounts, and one for each thing more that it does. */
export function workerLines(
  { accounts, duties: done = [] }: Pick<WorkerView, "accounts"> & Partial<WorkerView>,
  words: Words,
): readonly string[] {
  const names = accounts.map(({ account }) => account);
  return [
    ...(names.length === 0 ? [] : [words.plain("worker-sends", { accounts: joinedNames(names, words) })]),
    ...done.map((duty) => words.plain(duties[duty] ?? "worker-other", { duty })),
  ];
}
