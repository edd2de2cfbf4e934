import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createScriptedChannel, yes } from "../../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { ExternalStoreError } from "../../storage/ports/sync.ts";
import { FollowUpWatch } from "./follow-up-watch.ts";

test("a store that is away for a while ends no watch, and is no news", async () => {
  const clock = createVirtualClock();
  const disk = createMemoryDisk();
  const channel = createScriptedChannel({ turn: () => yes });
  const { campaigns, ledgers } = createMemoryStores(disk);
  const followUps = [{ afterDays: 1, message: "Still there?" }];
  disk.campaigns.set("spring", { ...putCampaign(disk, { names: 1 }), status: "finished", followUps });
  let isAway = true;
  const looked: string[] = [];
  const problems: string[] = [];
  const watch = new FollowUpWatch({
    ...startProcess({ channel, clock, disk }),
    lists: disk.lists,
    ledgers,
    campaigns: Object.assign(Object.create(campaigns), {
      async all() {
        if (isAway) throw new ExternalStoreError("gone", { isTransient: true, reason: "pgUnreachable" });
        return campaigns.all();
      },
    }),
    resultsOf: async (id) => {
      looked.push(id);
      return undefined;
    },
    log: { error: (problem) => void problems.push(problem) },
  });
  watch.start();
  await clock.advance(120_000);
  expect([looked, problems]).toEqual([[], []]);
  isAway = false;
  await clock.advance(120_000);
  expect(looked).toContain("spring");
  await watch.stop();
});
