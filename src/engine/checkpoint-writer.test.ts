import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { Ledger } from "../storage/ports/ledger.ts";
import { CheckpointWriter } from "./checkpoint-writer.ts";

test("writes one snapshot at a time, however many ask at once, and tries again after one that failed", async () => {
  const clock = createVirtualClock();
  let [underWay, most, written, sent] = [0, 0, 0, 0];
  const ledger: Pick<Ledger, "counts" | "saveCheckpoint"> = {
    counts: async () => ({
      planned: 0,
      claimed: 0,
      sent,
      notFound: 0,
      refused: 0,
      failed: 0,
      uncertain: 0,
      skipped: 0,
    }),
    async saveCheckpoint() {
      most = Math.max(most, ++underWay);
      await clock.sleep(10);
      underWay -= 1;
      if (++written === 1) throw new Error("ENOSPC");
      return sent;
    },
  };
  const checkpoint = new CheckpointWriter(ledger, clock, () => undefined);
  await clock.advance(60_000);
  sent = 3;
  checkpoint.saveIfDue();
  checkpoint.saveIfDue();
  const saves = Promise.all([checkpoint.save(), checkpoint.save()]);
  await clock.runUntil(saves);
  expect([most, written]).toEqual([1, 2]);
});
