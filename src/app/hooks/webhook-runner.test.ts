/** What somebody at the other end of a webhook gets, judged by the official library: signed, all of it, in order, whatever dies. */
import { Webhook as Verifier } from "standardwebhooks";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { createMemoryWebhooks } from "../../../tests/support/memory-webhooks.ts";
import type { VirtualClock } from "../../../tests/support/virtual-clock.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Webhook } from "../../domain/hooks/webhook.ts";
import { createSecret } from "../../lib/webhooks/signature.ts";
import { NewestEvents } from "../../storage/files/events/newest-events.ts";
import { WebhookRunner } from "./webhook-runner.ts";
import { createWebhooks } from "./webhooks.ts";

const HOUR = 3_600_000;
const secret = createSecret();
const shape = z.object({ type: z.string(), data: z.object({ recipient: z.string().optional() }) });

interface Got {
  readonly id: string;
  readonly type: string;
  readonly recipient: string | undefined;
}

/** The other end; `answer` decides by how often it was asked. */
function createReceiver(answer: (asked: number) => Response | "silent" = () => new Response()) {
  const got: Got[] = [];
  const clock = createVirtualClock();
  const state = { secret, asked: 0, headers: new Headers(), clock };
  const post = async (_: unknown, request: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(request.headers);
    const body = z.string().parse(request.body);
    // The official library goes by the time of day.
    const now = vi.spyOn(Date, "now").mockReturnValue(state.clock.now());
    new Verifier(state.secret).verify(body, Object.fromEntries(headers));
    now.mockRestore();
    expect(request.redirect).toBe("manual");
    state.headers = headers;
    const { type, data } = shape.parse(JSON.parse(body));
    const reply = answer((state.asked += 1));
    if (reply === "silent") throw new TypeError("fetch failed");
    if (reply.ok) got.push({ id: headers.get("webhook-id") ?? "", type, recipient: data.recipient });
    return reply;
  };
  return { got, post, state };
}

function bench(
  post: typeof fetch,
  options: { kept?: Webhook[]; effect?: () => Promise<void>; clock?: VirtualClock } = {},
) {
  const { kept = [], effect, clock = createVirtualClock() } = options;
  const feed = new NewestEvents<CampaignEvent>();
  const problems: string[] = [];
  const webhookStore = createMemoryWebhooks(kept, effect);
  const log = { error: (problem: string) => void problems.push(problem) };
  const runner = new WebhookRunner({ webhookStore, feed, clock, random: () => 0, log, fetch: post });
  const hooks = createWebhooks({ webhookStore, webhookRunner: runner, feed, clock });
  return { clock, feed, runner, hooks, webhookStore, problems };
}

const sent = (username: string): CampaignEvent => ({
  campaignId: "spring",
  at: 7,
  kind: "settled",
  username,
  account: "one",
  state: "sent",
});
const shop = { name: "shop", url: "https://shop.example/hooks", secret };

test("posts what happens from then on, in order, and only what is wanted", async () => {
  const { got, post, state } = createReceiver();
  const { clock, feed, runner, hooks } = bench(post, { clock: state.clock });
  await feed.append(sent("before"));
  expect(await hooks.add({ ...shop, types: ["recipient.sent"] }, "1001")).toEqual({ ok: true });
  await runner.start();
  for (const name of ["ali", "sara"]) await feed.append(sent(name));
  await feed.append({ campaignId: "spring", at: 8, kind: "status", status: "finished" });
  await feed.append(sent("nima"));
  await clock.runUntilIdle();
  expect(got.map(({ recipient }) => recipient)).toEqual(["ali", "sara", "nima"]);
  expect(new Set(got.map(({ id }) => id)).size).toBe(3);
  await runner[Symbol.asyncDispose]();
  expect((await hooks.list())[0]).not.toHaveProperty("secrets");
});

test("tries again with ever longer waits, under the same id, and passes nothing by", async () => {
  const { got, post, state } = createReceiver((asked) =>
    asked === 1 ? "silent" : asked < 5 ? new Response("secret talk", { status: 503 }) : new Response(),
  );
  const { clock, feed, runner, hooks } = bench(post, { clock: state.clock });
  await hooks.add(shop, "1001");
  await runner.start();
  await feed.append(sent("ali"));
  await feed.append(sent("sara"));
  const waits: number[] = [];
  let before = clock.now();
  for (let asked = 1; asked < 5; asked++) {
    await clock.runUntil(
      (async () => {
        while (state.asked <= asked) await clock.sleep(1000);
      })(),
    );
    waits.push(Math.round((clock.now() - before) / 1000));
    before = clock.now();
  }
  expect(waits).toEqual([5, 30, 300, 1800]);
  await clock.advance(1000);
  expect(got.map(({ recipient }) => recipient)).toEqual(["ali", "sara"]);
  expect((await hooks.list())[0]).not.toHaveProperty("failing");
  await runner[Symbol.asyncDispose]();
});

test("switches one off that took nothing for three days, tells so, and goes on from where it was", async () => {
  let isUp = false;
  const { got, post, state } = createReceiver(() =>
    isUp ? new Response() : new Response("", { status: 500 }),
  );
  const { clock, feed, runner, hooks } = bench(post, { clock: state.clock });
  const told: string[] = [];
  hooks.watch(() => void told.push("changed"));
  await hooks.add(shop, "1001");
  await runner.start();
  await feed.append(sent("ali"));
  await clock.advance(2 * 24 * HOUR);
  expect((await hooks.list())[0]).not.toHaveProperty("off");
  told.length = 0;
  await clock.advance(2 * 24 * HOUR);
  expect((await hooks.list())[0]).toMatchObject({ off: { why: "away" }, failing: { tries: 11 } });
  expect(told).toEqual(["changed"]);
  await feed.append(sent("sara"));
  isUp = true;
  await clock.advance(2 * HOUR);
  expect(got).toEqual([]);
  expect([await hooks.resume("shop"), await hooks.resume("nobody")]).toEqual([true, false]);
  await clock.advance(1000);
  expect(got.map(({ recipient }) => recipient)).toEqual(["ali", "sara"]);
  await runner[Symbol.asyncDispose]();
});

test("believes one that is gone, follows nobody elsewhere, and waits as long as it is asked to", async () => {
  const replies = [
    new Response("", { status: 302, headers: { location: "https://elsewhere.example/" } }),
    new Response("", { status: 429, headers: { "retry-after": "3600" } }),
    new Response("", { status: 410 }),
  ];
  const { post, state } = createReceiver((asked) => replies[asked - 1] ?? new Response());
  const { clock, feed, runner, hooks } = bench(post, { clock: state.clock });
  await hooks.add(shop, "1001");
  await runner.start();
  await feed.append(sent("ali"));
  await clock.advance(6000);
  expect(state.asked).toBe(2);
  await clock.advance(HOUR - 10_000);
  expect(state.asked).toBe(2);
  await clock.advance(10_000);
  expect((await hooks.list())[0]).toMatchObject({ off: { why: "gone" } });
  await runner[Symbol.asyncDispose]();
});

test("signs with both secrets for a day after a change", async () => {
  const { got, post, state } = createReceiver();
  const { clock, feed, runner, hooks } = bench(post, { clock: state.clock });
  await hooks.add(shop, "1001");
  await runner.start();
  const next = createSecret();
  expect([await hooks.rotate("shop", next), await hooks.rotate("nobody", next)]).toEqual([true, false]);
  await feed.append(sent("ali"));
  await clock.advance(1000);
  expect(state.headers.get("webhook-signature")?.split(" ")).toHaveLength(2);
  state.secret = next;
  await feed.append(sent("sara"));
  await clock.advance(1000);
  expect(got).toHaveLength(2);
  expect(await hooks.test("shop")).toEqual({ kind: "taken" });
  expect(got.at(-1)?.type).toBe("webhook.test");
  await runner[Symbol.asyncDispose]();
});

test("refuses names and addresses that won't do", async () => {
  const { hooks } = bench(createReceiver().post);
  const problemOf = async (asked: Partial<typeof shop & { mayBeNear: boolean }>) => {
    const result = await hooks.add({ ...shop, ...asked }, "1001");
    return result.ok ? "ok" : result.problem;
  };
  expect(await problemOf({ name: "1001" })).toBe("badName");
  expect(await problemOf({ url: "http://shop.example/" })).toBe("notHttps");
  expect(await problemOf({ url: "https://10.0.0.1/" })).toBe("private");
  expect(await problemOf({ url: "shop" })).toBe("notAddress");
  expect(await problemOf({ url: "http://127.0.0.1:9/", mayBeNear: true })).toBe("ok");
  expect(await problemOf({ url: "https://other.example/" })).toBe("taken");
});

test("wherever it dies, everybody is told of everything, in order, some of it twice under the same id", async () => {
  const names = ["ali", "sara", "nima", "reza"];
  let deaths = 0;
  for (let k = 1, dies = true; dies; k++) {
    let seen = 0;
    const effect = (): Promise<void> => (++seen >= k ? new Promise(() => undefined) : Promise.resolve());
    const { got, post, state } = createReceiver((asked) =>
      asked === 2 ? new Response("", { status: 500 }) : new Response(),
    );
    const wire: typeof fetch = async (...asked) => {
      await effect();
      const reply = await post(...asked);
      await effect();
      return reply;
    };
    const kept: Webhook[] = [];
    const first = bench(wire, { kept, effect, clock: state.clock });
    await first.hooks.add(shop, "1001");
    await first.runner.start();
    for (const name of names) await first.feed.append(sent(name));
    await first.clock.advance(60_000);
    dies = seen >= k;
    if (dies) deaths++;
    state.clock = createVirtualClock(state.clock.now());
    const second = bench(post, { kept, clock: state.clock });
    for (const name of names) await second.feed.append(sent(name));
    await second.runner.start();
    await second.clock.advance(60_000);
    const firstTold = [...new Map(got.toReversed().map((one) => [one.id, one])).values()].toReversed();
    expect(firstTold.map(({ recipient }) => recipient)).toEqual(names);
    await second.runner[Symbol.asyncDispose]();
  }
  expect(deaths).toBeGreaterThan(8);
});
