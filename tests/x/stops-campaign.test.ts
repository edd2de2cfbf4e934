/** Campaign after campaign from the command line, with 200 ms a call, to people of whom some write stop. */
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { ownStore } from "../support/own-store.ts";
import { runStops } from "./stops-campaign.ts";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

test("nobody is written to by a run that began after their stop, and everybody else gets each message once", async () => {
  const verdict = await runStops({
    cli: compiled.path,
    names: 48,
    delayMs: 200,
    kills: 1,
    own: await ownStore(),
  });
  expect(verdict).toMatchObject({
    exitCodes: [0, 0, 0],
    errors: "",
    unheeded: 0,
    doubled: 0,
    lost: 0,
    stopped: { before: 8, between: 16 },
  });
  expect(verdict.stopped.during).toBeGreaterThan(0);
  expect(verdict.furtherPages).toBeGreaterThan(3);
}, 300_000);
