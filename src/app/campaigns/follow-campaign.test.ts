import { afterEach, beforeEach, expect, test } from "vitest";
import type { PauseReason } from "../../domain/campaign.ts";
import type { App, CampaignView } from "../app.ts";
import { ExternalStoreError } from "../../storage/ports/sync.ts";
import type { FakeApp } from "../../../tests/support/fake-app/fake-app.ts";
import { createFakeApp } from "../../../tests/support/fake-app/fake-app.ts";
import { createVirtualClock, type VirtualClock } from "../../../tests/support/virtual-clock.ts";
import { followCampaign } from "./follow-campaign.ts";

const MINUTE = 60_000;

let clock: VirtualClock;
let app: FakeApp;
let stop: AbortController;

beforeEach(() => {
  clock = createVirtualClock();
  app = createFakeApp(clock);
  stop = new AbortController();
  app.put("spring", { planned: 3 });
});

afterEach(() => app[Symbol.dispose]());

function follow(seen: number[] = []) {
  const onProgress = ({ counts }: { counts: { sent: number } }): void => void seen.push(counts.sent);
  return followCampaign(app, "spring", { clock, signal: stop.signal, onProgress });
}

function paused(pause: PauseReason): void {
  app.put("spring", { planned: 2, sent: 1 }, { status: "paused", pause });
}

test("ends when the campaign has finished, and tells how it went on the way", async () => {
  const seen: number[] = [];
  const followed = follow(seen);
  await clock.advance(1000);
  app.put("spring", { sent: 2, planned: 1 });
  await clock.advance(1000);
  app.put("spring", { sent: 3 }, { status: "finished" });
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "finished", view: { counts: { sent: 3 } } });
  expect(new Set(seen)).toEqual(new Set([0, 2, 3]));
});

test("waits while what is kept can't be reached, and pauses what it was interrupted in once it can", async () => {
  const away = new ExternalStoreError("PostgreSQL: gone", { isTransient: true, reason: "pgUnreachable" });
  let isAway = true;
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (isAway) throw away;
    return ask();
  };
  const reached: App = {
    ...app,
    view: (id) => asked(() => app.view(id)),
    pause: (id, by) => asked(() => app.pause(id, by)),
  };
  const followed = followCampaign(reached, "spring", { clock, signal: stop.signal });
  await clock.advance(MINUTE);
  stop.abort();
  await clock.advance(1000);
  isAway = false;
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "interrupted", view: { campaign: { status: "paused" } } });
  isAway = true;
  const inVain = followCampaign(reached, "spring", { clock, signal: AbortSignal.abort() });
  void clock.advance(MINUTE);
  await expect(inVain).rejects.toBe(away);
});

test("waits for a pause that ends within the hour, and not for a longer one", async () => {
  const followed = follow();
  paused({ kind: "noAccount", until: clock.now() + 30 * MINUTE });
  await clock.advance(10 * MINUTE);
  const until = clock.now() + 600 * MINUTE;
  paused({ kind: "noAccount", until });
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "paused", view: { campaign: { pause: { until } } } });
});

test("tells that it waits while it waits, and not of a pause that is the end", async () => {
  const awaited = new Set<string>();
  const onWait = ({ campaign: { pause } }: CampaignView): void => void awaited.add(pause?.kind ?? "");
  const followed = followCampaign(app, "spring", { clock, signal: stop.signal, onWait });
  paused({ kind: "unavailable", until: clock.now() + 5 * MINUTE, why: "serviceDown" });
  await clock.advance(1000);
  paused({ kind: "noAccount", until: clock.now() + 600 * MINUTE });
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "paused" });
  expect([...awaited]).toEqual(["unavailable"]);
});

test("a pause till tomorrow is the end only when nobody is asked about any more", async () => {
  const followed = follow();
  let isOver = false;
  void followed.then(() => (isOver = true));
  app.extend("spring", { checking: 1 });
  paused({ kind: "noAccount", until: clock.now() + 600 * MINUTE });
  await clock.advance(12_000);
  expect(isOver).toBe(false);
  app.extend("spring", { checking: 0 });
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "paused" });
});

test("a pause without an end is the end, once nobody is in progress", async () => {
  const followed = follow();
  let isOver = false;
  void followed.then(() => (isOver = true));
  app.put(
    "spring",
    { planned: 2, claimed: 1 },
    { status: "paused", pause: { kind: "rejected", why: "connectionBroke" } },
  );
  await clock.advance(5000);
  expect(isOver).toBe(false);
  paused({ kind: "rejected", why: "connectionBroke" });
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "paused" });
});

test("the signal pauses the campaign and waits for what is in flight", async () => {
  app.put("spring", { planned: 2, claimed: 1 });
  const followed = follow();
  stop.abort(new Error("stopped"));
  await clock.advance(1000);
  expect((await app.view("spring"))?.campaign.status).toBe("paused");
  app.put("spring", { planned: 2, sent: 1 });
  await clock.advance(1000);
  expect(await followed).toMatchObject({ end: "interrupted", view: { counts: { sent: 1, claimed: 0 } } });
});

test("an answer that never comes does not hold an interrupted program for ever", async () => {
  app.put("spring", { planned: 2, claimed: 1 });
  const followed = follow();
  stop.abort(new Error("stopped"));
  await clock.advance(MINUTE);
  expect(await followed).toMatchObject({ end: "interrupted", view: { counts: { claimed: 1 } } });
});
