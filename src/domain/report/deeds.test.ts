import { expect, test } from "vitest";
import { cancelled, pausedBy, pausedFor, resumed } from "../campaign-status.ts";
import type { Campaign } from "../campaign.ts";
import { forEachState } from "../recipient.ts";
import { deedsOf, recorded, withDeed } from "./deeds.ts";

const running: Campaign = {
  id: "spring",
  createdAt: 1,
  createdBy: 7,
  channel: "simulator",
  accounts: [],
  message: "hi",
  lists: [],
  consent: { statement: "they asked", by: "7", at: 2 },
  status: "running",
};

const shown = (campaign: Campaign | undefined): readonly string[] =>
  (campaign ? deedsOf(campaign) : []).map(({ what, by = "nobody", at }) => `${at} ${what} ${by}`);

const look = { counts: forEachState(() => 0), claims: 0, at: 0 };

test("who did what is kept with its moment, and since when it is paused", () => {
  const paused = recorded(pausedBy("8"), 10, { what: "paused", by: "8" })(running);
  expect(paused).toMatchObject({ status: "paused", pausedAt: 10 });
  const again = paused && recorded(resumed("all", look), 20, { what: "resumed", by: "7" })(paused);
  expect(again).not.toHaveProperty("pausedAt");
  const over = again && recorded(cancelled, 30, { what: "cancelled" })(again);
  expect(shown(over)).toEqual([
    "1 created 7",
    "2 consented 7",
    "10 paused 8",
    "20 resumed 7",
    "30 cancelled nobody",
  ]);
  expect(over && recorded(resumed("all", look), 40)(over)).toBeUndefined();
});

test("a stop that waits for a person is on record, one that ends by itself is not", () => {
  const stopped = recorded(pausedFor({ kind: "rejected", why: "noSuchName" }), 10)(running);
  expect(shown(stopped)).toContain("10 paused nobody");
  const waits = recorded(pausedFor({ kind: "noAccount", until: 99 }), 10)(running);
  expect(waits).toMatchObject({ pausedAt: 10 });
  expect(shown(waits)).toEqual(["1 created 7", "2 consented 7"]);
});

test("of a campaign that is steered for ever the last deeds are kept", () => {
  let campaign = running;
  for (let at = 0; at < 1000; at++) campaign = withDeed(campaign, { what: "retried" }, at);
  expect(campaign.deeds).toHaveLength(200);
  expect(campaign.deeds?.at(-1)?.at).toBe(999);
});
