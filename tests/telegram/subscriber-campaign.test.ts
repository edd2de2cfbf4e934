/** The whole program sends to its subscribers within Telegram's limits, while it listens to everybody. */
import { expect, test } from "vitest";
import { ownStore } from "../support/own-store.ts";
import { compile } from "../support/runner/compiled.ts";
import { runSubscriberCampaign } from "./subscriber-campaign.ts";

test("a campaign to subscribers meets no 429, hears its operator at once, and spares who left", async () => {
  const { path: main } = await compile("main.ts");
  const verdict = await runSubscriberCampaign({
    main,
    own: await ownStore(),
    subscribers: 200,
    leavers: 12,
    readingMs: 0,
  });
  expect(verdict).toMatchObject({ doubled: 0, lost: 0, writtenAfterStop: 0, tooMany: 0, leavers: 12 });
  expect(verdict.spared).toBeGreaterThan(0);
  expect(verdict.delivered + verdict.spared).toBe(200);
  expect(verdict.statusAnswers).toBeGreaterThan(0);
});
