/** Campaigns over three workers and a chat, on X and by the bot, through a few events; only where there is time for it: `--mode long`. */
import { expect, test } from "vitest";
import { compile } from "../support/runner/compiled.ts";
import { runFleet } from "./fleet-run.ts";

const isLong = process.env["MODE"] === "long";

test.runIf(isLong)(
  "nobody twice, nobody lost, no limit broken, whatever is killed, frozen or cut",
  async () => {
    const { path: cli } = await compile("peyk-cli.ts");
    const run = { cli, events: 12, names: 300, workers: 3, accounts: 5, seed: 5, tell: () => undefined };
    const verdict = await runFleet(run);
    expect(verdict.faults).toEqual([]);
  },
  1_800_000,
);
