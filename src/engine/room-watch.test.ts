import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel, yes } from "../../tests/support/scripted/scripted-channel.ts";
import { FullDisk } from "../lib/files/full-disk.ts";
import { RoomWatch } from "./room-watch.ts";

/** A campaign to ten names whose disk is full from the third call on, and whoever watches for room. */
async function runFull() {
  const space = { isFull: false };
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    turn: () => {
      space.isFull ||= channel.calls.length === 3;
      return yes;
    },
  });
  const effect = (): Promise<void> =>
    space.isFull ? Promise.reject(new Error("ENOSPC: no space left on device")) : Promise.resolve();
  const logged: string[] = [];
  const log = { error: (message: string) => logged.push(message) };
  const process = startProcess({ channel, effect, concurrency: 1, log });
  await process.engine.start(putCampaign(process.disk, { names: 10 }));
  await process.clock.runUntilIdle();
  const disk = new FullDisk();
  const { engine, clock } = process;
  const watch = new RoomWatch({ disk, clock, engine, log, hasRoom: async () => !space.isFull });
  return { ...process, channel, space, watch, logged, disk };
}

test("lets a campaign go on by itself once there is room, and sends nobody a second message", async () => {
  const { engine, clock, channel, space, watch, events } = await runFull();
  for (let nth = 0; nth < 5; nth += 1) await clock.runUntil(watch.look());
  expect(channel.calls).toHaveLength(3);
  space.isFull = false;
  await clock.runUntil(watch.look());
  await clock.runUntilIdle();
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 10, uncertain: 0 });
  expect(Math.max(...channel.inbox.values())).toBe(1);
  const told = events.flatMap((event) => (event.kind === "status" ? [event.status] : []));
  expect(told).toEqual(["running", "paused", "running", "finished"]);
});

test("tells of one problem once, however often somebody looks meanwhile", async () => {
  const { engine, clock, space, logged, watch, events } = await runFull();
  const before = events.length;
  for (let nth = 0; nth < 20; nth += 1) {
    await clock.runUntil(engine.find("spring").then(() => undefined));
    await clock.runUntil(watch.look());
  }
  expect(events).toHaveLength(before);
  expect(new Set(logged).size).toBe(logged.length);
  space.isFull = false;
  await clock.runUntil(watch.look());
  await clock.runUntilIdle();
  expect((await engine.find("spring"))?.campaign.status).toBe("finished");
});

test("takes no account for mended that left, and nothing up that the operator paused", async () => {
  const { engine, clock, space, watch } = await runFull();
  space.isFull = false;
  await clock.runUntil(engine.find("spring").then((open) => open?.pause()));
  await clock.runUntil(watch.look());
  await clock.runUntilIdle();
  expect((await engine.find("spring"))?.campaign).toMatchObject({
    status: "paused",
    pause: { kind: "operator" },
  });
});
