import { expect, test } from "vitest";
import { LATEST_START_MS } from "../../domain/when/schedule.ts";
import { pauseOf } from "./start-campaign.ts";

test("a campaign whose moment came while it was confirmed is not called one that waits for it", () => {
  const at = 1_000_000;
  const scheduled = { status: "scheduled" as const, schedule: { at, timeZone: "UTC", by: "1", setAt: 0 } };
  const said = (now: number) => pauseOf(scheduled, now);
  expect(said(at - 1)).toEqual({ startsAt: { at, timeZone: "UTC" } });
  expect(said(at)).toEqual({});
  expect(said(at + LATEST_START_MS)).toEqual({});
});
