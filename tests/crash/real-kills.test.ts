/** A few real SIGKILLs on real files; `npm run kill` does the same hundreds of times. */
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { ownStore } from "../support/own-store.ts";
import { isGood, runKilledCampaign } from "./kill-campaign.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("library.ts");
});

test("six SIGKILLs lose nobody, double nobody and overdraw no account", async ({ signal }) => {
  const verdict = await runKilledCampaign({
    library: compiled.path,
    kills: 6,
    names: 60,
    accounts: 3,
    seed: 1,
    signal,
    own: await ownStore(),
  });
  expect(verdict).toMatchObject({ kills: 6, accountsAtCap: 3, doubled: 0, lost: 0 });
  expect(verdict).toSatisfy(isGood);
});
