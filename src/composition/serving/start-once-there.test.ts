import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { OwnerGoneError } from "../../storage/ports/away.ts";
import { ExternalStoreError } from "../../storage/ports/sync.ts";
import { startOnceThere } from "./start-once-there.ts";

const away = new ExternalStoreError("PostgreSQL: gone", { isTransient: true, reason: "pgUnreachable" });
const refused = new ExternalStoreError("PostgreSQL: no", { reason: "pgPasswordWrong" });

/** A start that fails with each of these errors in turn and then works. */
function scripted(...errors: readonly Error[]) {
  const clock = createVirtualClock(0);
  const stopped = new AbortController();
  const triedAt: number[] = [];
  const told: unknown[] = [];
  const left = [...errors];
  const started = startOnceThere(
    () => {
      triedAt.push(clock.now());
      const error = left.shift();
      return error ? Promise.reject(error) : Promise.resolve("started");
    },
    stopped.signal,
    { clock, onWait: (error) => told.push(error) },
  );
  started.catch(() => undefined);
  return { clock, stopped, triedAt, told, started };
}

test("begins anew, at growing intervals that stay under a quarter of a minute, and says it once", async () => {
  const { clock, triedAt, told, started } = scripted(...Array.from({ length: 8 }, () => away));
  await clock.runUntilIdle();
  expect(await started).toBe("started");
  expect(triedAt).toEqual([0, 500, 1500, 3500, 7500, 15_500, 30_500, 45_500, 60_500]);
  expect(told).toEqual([away]);
});

test("goes on as another owner when it was silent for too long while it started", async () => {
  const { clock, started } = scripted(new OwnerGoneError("silent"));
  await clock.runUntilIdle();
  expect(await started).toBe("started");
});

test("what a person must look at ends it at once, also after a wait", async () => {
  const first = scripted(refused);
  await expect(first.started).rejects.toBe(refused);
  expect(first.told).toEqual([]);
  const later = scripted(away, refused);
  await later.clock.runUntilIdle();
  await expect(later.started).rejects.toBe(refused);
});

test("whoever is told to stop waits no longer, and tries no more", async () => {
  const { clock, stopped, triedAt, started } = scripted(away, away);
  await clock.advance(600);
  stopped.abort(new Error("SIGINT"));
  expect(await started).toBeUndefined();
  expect(triedAt).toEqual([0, 500]);
});
