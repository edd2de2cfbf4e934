/** Uncertain sends on a platform whose list shows messages late, or lets itself be looked at only now and then. */
import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createScriptedChannel, lostNo, lostYes } from "../../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { ReadBack, ReadBackRequest } from "../../channels/channel.ts";

const MINUTE = 60_000;
const absentAfterMs = 5 * MINUTE;

/** Three people, of whom the third never got the first message; every answer to a first message is lost. */
function bench(readBack: (request: ReadBackRequest, arrived: boolean, now: number) => ReadBack) {
  const clock = createVirtualClock();
  const looks: number[] = [];
  const channel = createScriptedChannel({
    manifest: { readsBack: true, absentAfterMs },
    turn: ({ username }, nth) => (nth === 1 && username === "p2" ? lostNo : lostYes),
    abilities: {
      readBack(request) {
        looks.push(clock.now());
        return Promise.resolve(readBack(request, channel.inbox.has(request.username), clock.now()));
      },
    },
  });
  const process = startProcess({ channel, clock });
  return { ...process, channel, looks };
}

test("nobody gets two messages from a platform whose list is late, and who got none gets one", async () => {
  const lateMs = 4 * MINUTE;
  const { engine, disk, clock, channel } = bench(({ claimedAt }, arrived, now) =>
    arrived && now >= claimedAt + lateMs ? { kind: "delivered", messageId: "m" } : { kind: "absent" },
  );
  await engine.start(putCampaign(disk, { names: 3 }));
  await clock.advance(30 * MINUTE);
  expect(Object.fromEntries(channel.inbox)).toEqual({ p0: 1, p1: 1, p2: 1 });
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 3 });
});

test("waits with a look for the moment the platform names, and says once when that is", async () => {
  const opensAt = createVirtualClock().now() + 15 * MINUTE;
  const { engine, disk, clock, looks, events } = bench((_, __, now) =>
    now < opensAt
      ? { kind: "unknown", why: "tooFast", retryAt: opensAt }
      : { kind: "delivered", messageId: "m" },
  );
  await engine.start(putCampaign(disk, { names: 3 }));
  await clock.advance(14 * MINUTE);
  const early = looks.length;
  await clock.advance(2 * MINUTE);
  expect([early, looks.length]).toEqual([3, 6]);
  const told = events.filter(({ kind }) => kind === "looksAgain");
  expect(told).toMatchObject([{ account: "one", until: opensAt }]);
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
});

test("leaves an uncertain send to the operator when the platform says nothing any more after a look in vain", async () => {
  let isLocked = false;
  const { engine, disk, clock, channel } = bench(() => {
    if (isLocked) return { kind: "unknown", why: "accountLocked" };
    isLocked = true;
    return { kind: "absent" };
  });
  await engine.start(putCampaign(disk, { names: 1 }));
  await clock.advance(60 * MINUTE);
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ uncertain: 1 });
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(channel.inbox.get("p0")).toBe(1);
});

test("a campaign ends with the last decision, whenever the next look would have come", async () => {
  const { engine, disk, clock, looks } = bench(() => ({ kind: "absent" }));
  await engine.start(putCampaign(disk, { names: 3 }));
  await clock.advance(MINUTE);
  const open = await engine.find("spring");
  for (const claim of (await open?.ledger.uncertain()) ?? []) await open?.decide(claim, "sent");
  await clock.advance(1000);
  expect([open?.checking, disk.campaigns.get("spring")?.status]).toEqual([0, "finished"]);
  await clock.advance(60 * MINUTE);
  expect(looks).toHaveLength(3);
});
