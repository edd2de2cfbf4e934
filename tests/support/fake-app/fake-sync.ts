import type { LoopStatus, SyncControl, SyncStatus } from "../../../src/app/sync-control.ts";
import { isInterval, remarkOn } from "../../../src/app/sync-control.ts";

const quietLoop: Omit<LoopStatus, "intervalMs"> = {
  retries: 0,
  successes: 3,
  failures: 0,
  lines: 120,
  optOuts: 1,
  breaker: "closed",
};

/** A switch of the copy that copies nothing. */
export function createFakeSync(initial: SyncStatus = { kind: "notConfigured" }): SyncControl {
  let status = initial;
  return {
    status: () => status,
    start: async (intervalS = 300) => {
      if (status.kind === "notConfigured") return { ok: false, problem: "notConfigured" };
      if (!isInterval(intervalS)) return { ok: false, problem: "badInterval" };
      status = { kind: "on", intervalS, loop: { ...quietLoop, intervalMs: intervalS * 1000 } };
      const remark = remarkOn(intervalS);
      return { ok: true, intervalS, ...(remark ? { remark } : {}) };
    },
    stop: async () => {
      if (status.kind === "on") status = { kind: "off" };
    },
  };
}
