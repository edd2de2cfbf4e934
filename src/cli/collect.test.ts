import { expect, test } from "vitest";
import { createFakeApp } from "../../tests/support/fake-app.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import { collectLeads } from "./collect.ts";
import { createOutput } from "./output.ts";

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
    createOutput({ out: sink, err: sink, isJson: false, now: () => clock.now() }),
    {
      clock,
      out: sink,
      err: sink,
      interrupted: new AbortController().signal,
      open: async () => ({ app, timeZone: "UTC", close: async () => undefined }),
      examine: never,
      openSync: never,
    },
  );
  expect(said).toContain("the next one comes at its time. It goes on in 58 s.");
  expect(said).not.toContain("asks for patience");
});
