/** `peyk send --channel x` from a list to its end in front of a strict X, whatever goes wrong and whenever it is killed. */
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { ownStore } from "../support/own-store.ts";
import { runKilledX } from "./kill-x-campaign.ts";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

test("300 names through three accounts: nobody twice, nobody lost, no window overrun", async () => {
  const run = { cli: compiled.path, kills: 3, names: 300, perWindow: 150, seed: 2, own: await ownStore() };
  const verdict = await runKilledX(run);
  expect(verdict).toMatchObject({
    kills: 3,
    exitCode: 0,
    toldToWait: 1,
    doubled: 0,
    lost: 0,
    unwanted: 0,
    misreported: 0,
    overruns: 0,
  });
  const { sent = 0, notFound, refused, uncertain = 0 } = verdict.counts;
  expect([sent + uncertain, notFound, refused, uncertain]).toEqual([270, 20, 10, verdict.leftToOperator]);
  expect(verdict.lostAnswers).toBeGreaterThan(5);
  expect(verdict.refusedAsLocked).toBeGreaterThan(0);
  expect(verdict.errors.filter((line) => !line.includes("xAccountLocked"))).toEqual([]);
});
