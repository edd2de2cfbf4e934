import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel } from "../../tests/support/scripted/scripted-channel.ts";

test("stays paused until the limits allow more when the operator resumes it before", async () => {
  const process = startProcess({ channel: createScriptedChannel() });
  const statusOf = () => {
    const { status, pause } = process.disk.campaigns.get("spring")!;
    return { status, pause };
  };
  const accounts = [{ name: "one", caps: { perDay: 4 } }];
  await process.engine.start(putCampaign(process.disk, { names: 6, accounts }));
  await process.clock.advance(1000);
  const waiting = statusOf();
  const open = await process.engine.find("spring");
  for (const stop of [false, true]) {
    if (stop) await open!.pause("7");
    expect(await open!.resume()).toBeUndefined();
    await process.clock.advance(1000);
    expect(statusOf()).toEqual(waiting);
  }
  await process.clock.runUntilIdle();
  expect(statusOf()).toEqual({ status: "finished", pause: undefined });
});
