import { beforeEach, describe, expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import {
  createScriptedChannel,
  lostNo,
  lostYes,
  yes,
} from "../../../tests/support/scripted/scripted-channel.ts";
import type { Caps } from "../../domain/accounts/limits.ts";

const down = { kind: "unavailable", why: "serviceDown" } as const;

/** One campaign to one name; the first call got lost on its way, and the channel can only be asked by sending again. */
async function runLost(caps: Caps = {}) {
  const channel = createScriptedChannel({
    manifest: { honoursDedupKey: true },
    turn: (_, nth) => (nth === 1 ? lostNo : yes),
  });
  const process = startProcess({ channel });
  const accounts = [{ name: "one", caps }];
  await process.engine.start(putCampaign(process.disk, { names: 1, accounts }));
  await process.clock.advance(1000);
  const open = await process.engine.find("spring");
  if (!open) throw new Error("the campaign is not open");
  expect(await open.ledger.counts()).toMatchObject({ uncertain: 1 });
  return { ...process, channel, open };
}

describe("an uncertain send that only a second send could settle", () => {
  let lost: Awaited<ReturnType<typeof runLost>>;
  beforeEach(async () => {
    lost = await runLost();
  });

  const staysUncertain = async (): Promise<void> => {
    const { clock, open, channel } = lost;
    await clock.advance(120_000);
    const [claim] = await open.ledger.uncertain();
    expect(claim && (await open.check(claim))).toBe("uncertain");
    expect(channel.calls).toHaveLength(1);
  };

  test("is settled while the campaign runs", async () => {
    await lost.clock.advance(2000);
    expect(await lost.open.ledger.counts()).toMatchObject({ sent: 1 });
    expect(lost.channel.calls).toHaveLength(2);
  });

  test("stays once the person has opted out", async () => {
    lost.disk.suppressed.set("p0", "optedOut");
    await staysUncertain();
  });

  test("stays while the campaign is paused, can't be checked then, and is settled after it goes on", async () => {
    await lost.open.pause();
    await staysUncertain();
    expect(lost.open.canCheck).toBe(false);
    await lost.open.resume();
    await lost.clock.advance(3000);
    expect(await lost.open.ledger.counts()).toMatchObject({ sent: 1 });
  });

  test("stays when the campaign is cancelled", async () => {
    await lost.open.cancel();
    await staysUncertain();
  });

  test("stays when the account has been locked", async () => {
    lost.open.pool.leaves("one", "locked", "accountLocked");
    await staysUncertain();
  });

  test("stays when the account's limit has no room for one more", async () => {
    lost = await runLost({ perDay: 1 });
    await staysUncertain();
  });

  test("sends nothing to somebody about whom the operator has decided meanwhile", async () => {
    const [claim] = await lost.open.ledger.uncertain();
    if (claim) await lost.open.decide(claim, "skip");
    await lost.clock.advance(120_000);
    expect(lost.channel.calls).toHaveLength(1);
  });

  test("is asked about in the words it was sent in, after the campaign's text has changed", async () => {
    const { clock, channel, engine } = lost;
    const open = await engine.find("spring");
    await open?.pause();
    await clock.advance(5000);
    await engine.change("spring", ({ pause: _pause, ...current }) => ({
      ...current,
      status: "running",
      message: "another text",
      earlierMessages: [{ message: current.message, until: clock.now(), by: "test" }],
    }));
    await clock.advance(120_000);
    expect(channel.calls.map(({ text }) => text)).toEqual(["hello", "hello"]);
  });
});

test("a check sends nothing where the channel can neither be read back nor told a second send from the first", async () => {
  const channel = createScriptedChannel({
    turn: ({ username }) => (username === "p0" ? lostYes : { arrives: false, answer: down }),
  });
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 2 }));
  await clock.advance(1000);
  const open = await engine.find("spring");
  const [claim] = (await open?.ledger.uncertain()) ?? [];
  expect(open?.campaign.status).toBe("running");
  expect(claim && (await open?.check(claim))).toBe("uncertain");
  expect(channel.inbox.get("p0")).toBe(1);
});
