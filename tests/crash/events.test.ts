/**
 * Whoever gets webhooks hears of everything that is on record, in the order of the record, wherever the process dies: at every
 * effect of its stores, on the wire to the people, on the wire to the webhook, and before and after the feed is written.
 */
import { expect, test } from "vitest";
import { z } from "zod";
import { CatchUp } from "../../src/app/hooks/catch-up.ts";
import { WebhookRunner } from "../../src/app/hooks/webhook-runner.ts";
import type { CampaignEvent } from "../../src/domain/campaign-event.ts";
import { createSecret } from "../../src/lib/webhooks/signature.ts";
import { NewestEvents } from "../../src/storage/files/events/newest-events.ts";
import type { EventLog, Numbered } from "../../src/storage/ports/events.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { createMemoryWebhooks } from "../support/memory-webhooks.ts";
import type { Effect } from "../support/memory-stores.ts";
import { createMemoryDisk } from "../support/memory-stores.ts";
import { createScriptedChannel, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

/** A feed of which a crash leaves what was synced. */
function feedOn(disk: Numbered<CampaignEvent>[], effect: Effect): EventLog<CampaignEvent> {
  const newest = new NewestEvents<CampaignEvent>(disk.at(-1)?.number);
  const before = disk.at(-1)?.number ?? 0;
  let waiting: Numbered<CampaignEvent>[] = [];
  return {
    last: () => newest.last(),
    wait: (after, signal) => newest.wait(after, signal),
    async append(event) {
      const number = newest.put(event);
      waiting.push({ number, event });
      return number;
    },
    async read(after, most) {
      const older = disk.filter(({ number }) => number > after && number <= before);
      const { events } = await newest.read(before, most);
      return {
        events: [...older, ...events.filter(({ number }) => number > after)].slice(0, most),
        hasGap: false,
      };
    },
    async sync() {
      const all = waiting;
      waiting = [];
      if (all.length === 0) return;
      await effect("before feed synced");
      disk.push(...all);
      await effect("after feed synced");
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** What outlives every process. */
function createWorld() {
  const disk = createMemoryDisk();
  disk.campaigns.set("spring", { ...putCampaign(disk, { names: 4 }), createdAt: -1 });
  disk.suppressed.set("p2", "optedOut");
  const hook = {
    name: "shop",
    url: "https://shop.example/",
    secrets: [createSecret()],
    by: "1",
    at: 0,
    position: 0,
  };
  return { disk, feed: [] as Numbered<CampaignEvent>[], kept: [hook], inbox: new Map<string, number>() };
}

type World = ReturnType<typeof createWorld>;
interface Got {
  readonly id: string;
  readonly type: string;
  readonly recipient: string | undefined;
}

const shape = z.object({ type: z.string(), data: z.object({ recipient: z.string().optional() }) });

async function live(
  { disk, feed, kept, inbox }: World,
  got: Got[],
  effect: Effect,
  isFirst: boolean,
): Promise<void> {
  const clock = createVirtualClock(isFirst ? 0 : 1_000_000);
  const events = feedOn(feed, effect);
  const catchUp = new CatchUp({ events, wasCut: true, clock });
  const channel = createScriptedChannel({
    manifest: { readsBack: true },
    inbox,
    effect,
    turn: ({ username }) => (username === "p1" ? lostYes : yes),
  });
  const { engine } = startProcess({
    channel,
    disk,
    effect,
    clock,
    concurrency: 2,
    emit: (event) => void events.append(event),
    toldForGood: () => events.sync(),
    catchUp: (campaign, opening) => catchUp.opened(campaign, opening),
  });
  const post: typeof fetch = async (_, request = {}) => {
    await effect("before post");
    const { type, data } = shape.parse(JSON.parse(z.string().parse(request.body)));
    got.push({ id: new Headers(request.headers).get("webhook-id") ?? "", type, recipient: data.recipient });
    await effect("after post");
    return new Response();
  };
  const webhookStore = createMemoryWebhooks(kept, () => effect("webhook saved"));
  const log = { error: () => undefined };
  const runner = new WebhookRunner({ webhookStore, feed: events, clock, random: () => 0, log, fetch: post });
  const work = async (): Promise<void> => {
    await (isFirst ? engine.change("spring", (from) => from) : engine.recover());
    await catchUp.finish(engine, [...disk.campaigns.values()]);
    const open = await engine.find("spring");
    if (isFirst) await open?.pause("1");
    await open?.resume("1");
    await runner.start();
  };
  void work().catch(() => undefined);
  await clock.runUntilIdle();
}

const typeOf: Readonly<Record<string, string>> = {
  sent: "recipient.sent",
  planned: "recipient.retrying",
  uncertain: "recipient.uncertain",
  skipped: "recipient.skipped",
};

/** Where it stood, one after the other. */
function inRow(types: readonly string[]): readonly string[] {
  return types.filter((type, at) => type !== types[at - 1]).map((type) => type.replace("running", "started"));
}

/** Each once, where it was heard first. */
function firstHeard(got: readonly Got[]): readonly Got[] {
  return [...new Map(got.toReversed().map((one) => [one.id, one])).values()].toReversed();
}

test("all that is on record is told at least once and in its order, under ids that tell repeats", async () => {
  let deaths = 0;
  for (let k = 1, dies = true; dies; k++) {
    const world = createWorld();
    const got: Got[] = [];
    const statuses: string[] = [];
    let seen = 0;
    const noting = (at: string): void => {
      if (at === "after campaign saved")
        statuses.push(`campaign.${world.disk.campaigns.get("spring")?.status}`);
    };
    const dying: Effect = (at) => {
      noting(at);
      return ++seen >= k ? new Promise(() => undefined) : Promise.resolve();
    };
    await live(world, got, dying, true);
    dies = seen >= k;
    if (dies) deaths++;
    await live(world, got, async (at) => noting(at), false);
    const heard = firstHeard(got);
    const recorded = (world.disk.journals.get("spring") ?? []).flatMap((entry) =>
      "r" in entry && typeOf[entry.t] ? [`${typeOf[entry.t]} p${entry.r}`] : [],
    );
    const told = heard.flatMap(({ type, recipient }) => (recipient ? [`${type} ${recipient}`] : []));
    expect([k, told]).toEqual([k, recorded]);
    const changes = heard
      .map(({ type }) => type)
      .filter((type) => type !== "campaign.restarted" && !type.startsWith("recipient."));
    expect([k, inRow(changes)]).toEqual([k, inRow(["campaign.running", ...statuses])]);
    expect(world.disk.campaigns.get("spring")?.status).toBe("finished");
  }
  expect(deaths).toBeGreaterThan(40);
});
