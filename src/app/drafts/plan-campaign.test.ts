import { expect, test } from "vitest";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import { createMemoryDisk, createMemoryStores } from "../../../tests/support/memory-stores.ts";
import { createMemoryListStore } from "../../../tests/support/memory-list-store.ts";
import { createMemorySubscribers } from "../../../tests/support/memory-subscribers.ts";
import { createMemorySuppression } from "../../../tests/support/memory-suppression.ts";
import { startProcess } from "../../../tests/support/engine-bench.ts";
import { createDayOf } from "../../domain/accounts/calendar-day.ts";
import { createWindows } from "../../domain/when/windows.ts";
import { createWallClock } from "../../lib/time/wall-clock.ts";
import { createWhenReading } from "../when/when-reading.ts";
import type { Draft } from "./draft.ts";
import { createPlan } from "./plan-campaign.ts";
import { noContacts } from "../../../tests/support/no-contacts.ts";

const prices = { perMessage: 0.015, perLookUp: 0.01, perReply: 0.01, asOf: "2026-08-22" };
const oneAMinute = { kind: "sliding", count: 1, windowMs: 60_000 } as const;

async function planFor(
  names: number,
  channel: ReturnType<typeof createScriptedChannel>,
  others: Partial<Draft> = {},
) {
  const { clock } = startProcess({ channel });
  const stores = createMemoryStores(createMemoryDisk(), undefined, { clock });
  const lists = createMemoryListStore();
  await using writer = await lists.create([]);
  for (let index = 0; index < names; index++) await writer.add(`p${index}`, []);
  const { listId } = await writer.finish();
  const plan = createPlan({
    ...stores,
    lists,
    clock,
    suppression: createMemorySuppression(),
    subscribers: createMemorySubscribers(),
    contacts: noContacts,
    channels: new Map([["scripted", channel]]),
    dayOf: createDayOf("UTC"),
    when: createWhenReading({ clock, timeZone: "UTC", windows: createWindows(createWallClock) }),
  });
  const accounts = [{ name: "one", caps: {} }];
  const draft = {
    campaignId: "spring",
    listId,
    origin: "a.csv",
    message: "hi",
    channel: "scripted",
    accounts,
    ...others,
  };
  return { plan: await plan(draft), now: clock.now() };
}

test("says what the platform charges at most, and when that was its price", async () => {
  const { plan } = await planFor(100, createScriptedChannel({ manifest: { prices } }));
  expect(plan.cost).toEqual({ dollars: 2.5, asOf: "2026-08-22" });
});

test("says nothing of money where it costs none", async () => {
  const { plan } = await planFor(100, createScriptedChannel());
  expect(plan).not.toHaveProperty("cost");
});

test("reckons with the limits that the platform told last", async () => {
  const channel = createScriptedChannel({ abilities: { limitsOf: () => [oneAMinute] } });
  const { plan, now } = await planFor(61, channel);
  expect(plan.finishesAt).toBe(now + 60 * 60_000);
});

test("says when nothing goes out today because the window or the limits leave no room, and else nothing of it", async () => {
  const { now, plan: usual } = await planFor(2, createScriptedChannel());
  expect(usual).not.toHaveProperty("nothingBefore");
  const { end: midnight } = createDayOf("UTC")(now);
  const tomorrow = new Date(midnight).getUTCDay() || 7;
  const day = ([1, 2, 3, 4, 5, 6, 7] as const)[tomorrow - 1] ?? 1;
  const sendWindow = { timeZone: "UTC", hours: [{ days: [day], from: 540, to: 600 }] };
  const { plan: shut } = await planFor(2, createScriptedChannel(), { sendWindow });
  expect(shut.nothingBefore).toBe(midnight + 540 * 60_000);
  const { plan: usedUp } = await planFor(2, createScriptedChannel(), {
    accounts: [{ name: "one", caps: { perDay: 0 } }],
  });
  expect(usedUp).not.toHaveProperty("nothingBefore");
});
