import { expect, test } from "vitest";
import { createFakeApp } from "../../../tests/support/fake-app/fake-app.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { targetRecords } from "./collect-ending.ts";
import { collectLeads } from "./collect.ts";
import { createOutput } from "../output.ts";
import { plainWords } from "../../../tests/support/plain-words.ts";

function never(): never {
  throw new Error("not asked for");
}

test("tells a wait that begins with the request itself", async () => {
  const clock = createVirtualClock();
  const app = createFakeApp(clock);
  using leads = app.leads;
  const collect = leads.collect.bind(leads);
  leads.collect = async (request) => {
    const until = clock.now() + 58_000;
    leads.emit({ list: "simulator-tea", at: clock.now(), kind: "waiting", wait: "cycle", until });
    leads.emit({ list: "another", at: clock.now(), kind: "waiting", wait: "rateLimit", until });
    return collect(request);
  };
  let said = "";
  const sink = { write: (text: string): void => void (said += text) };
  await collectLeads(
    { source: "simulator", targets: ["tea"], options: { count: 12 } },
    createOutput({ out: sink, err: sink, isJson: false, now: () => clock.now(), words: plainWords }),
    {
      clock,
      words: plainWords,
      out: sink,
      err: sink,
      interrupted: new AbortController().signal,
      open: async () => ({ app, words: plainWords, keep: never, close: async () => undefined }),
      decide: never,
      change: never,
      amend: never,
      perform: never,
      look: never,
      plan: never,
      examine: never,
      erasuresWaiting: never,
      takingOut: { begun: never, ended: never },
      syncSql: async () => "",
      backup: never,
      restore: never,
      move: never,
      savedTexts: never,
      openSync: never,
      serve: never,
    },
  );
  expect(said).toContain("the next one comes at its time. It goes on in 58 s.");
  expect(said).not.toContain("asks for patience");
});

test("gives machines each target's progress under the names of the pagination state", () => {
  const tally = { calls: 2, pages: 2, rows: 60, found: 51, duplicates: 9, unreadable: 0 };
  const state = {
    ...tally,
    target: { source: "x-followers", query: "mira" },
    sighted: 51,
    stalePages: 0,
    emptyPages: 0,
    unreadablePages: 0,
  };
  const view = { list: "mira", request: undefined, size: 51, delivered: 51 };
  const targets = [{ ...state, end: "exhausted", lastPageAt: Date.UTC(2026, 0, 1) } as const, state];
  expect(targetRecords({ ...view, targets })).toMatchObject([
    {
      key: "followers_mira",
      type: "x-followers",
      collected: 51,
      completed: true,
      last_processed: "2026-01-01T00:00:00.000Z",
    },
    { completed: false, last_processed: null },
  ]);
});
