import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { Deadlines } from "./deadlines.ts";

test("work that never answers is given up in time, also where the clock was set back by an hour meanwhile", async () => {
  const virtual = createVirtualClock();
  let backMs = 0;
  const deadlines = new Deadlines({
    now: () => virtual.now() - backMs,
    sleep: (ms, signal) => virtual.sleep(ms, signal),
  });
  let given: unknown;
  const never = deadlines.run(
    5000,
    () => new Promise<string>(() => undefined),
    () => "late",
  );
  void never.then((answer) => (given = answer));
  await virtual.advance(2000);
  backMs = 3_600_000;
  await virtual.advance(2000);
  expect(given).toBeUndefined();
  await virtual.advance(4000);
  expect(given).toBe("late");
});
