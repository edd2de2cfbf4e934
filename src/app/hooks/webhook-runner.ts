/**
 * Posts events to whoever wants them: to each one after the other, in the order in which they happened, and again until it was
 * taken. How far each got is on disk; a kill posts the last few once more, under the same ids, and leaves none out.
 */
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { HookEvent } from "../../domain/hooks/hook-event.ts";
import { hookEventOf } from "../../domain/hooks/hook-event.ts";
import type { PostOutcome, Webhook } from "../../domain/hooks/webhook.ts";
import { afterFailure, gotTo, secretsAt } from "../../domain/hooks/webhook.ts";
import type { Clock } from "../../lib/clock.ts";
import { retryAfter } from "../../lib/http/http-json.ts";
import type { PostAnswer } from "../../lib/webhooks/post-signed.ts";
import { postSigned } from "../../lib/webhooks/post-signed.ts";
import { webhookId } from "../../lib/webhooks/signature.ts";
import type { WebhookStore } from "../../storage/ports/webhooks.ts";
import type { EventFeed } from "../event-hub.ts";

export interface WebhookRunnerParts {
  readonly webhookStore: WebhookStore;
  readonly feed: EventFeed;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: { error(problem: string): void };
  readonly fetch?: typeof fetch;
}

/** Events read at a time; so many at most are posted again after a kill, and fewer where posts are slow. */
const AT_A_TIME = 100;

/** How far it got is written down this often at least while posts go well, in ms. */
const NOTED_EVERY_MS = 500;

/** How long it rests when its own records can't be written, in ms. */
const TROUBLE_MS = 60_000;

/** Told in place of events that are not kept any more. */
const MISSED = "events.missed";

export class WebhookRunner implements AsyncDisposable {
  readonly #parts: WebhookRunnerParts;
  readonly #at = new Map<string, { readonly stop: AbortController; readonly over: Promise<void> }>();
  readonly #watchers = new Set<() => void>();
  #isStarted = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: WebhookRunnerParts) {
    this.#parts = parts;
  }

  /** Begins; before it nothing is posted but a test. */
  async start(): Promise<void> {
    this.#isStarted = true;
    await this.changed();
  }

  /** Posts nothing more; resolves when no post is under way, and may be started again. */
  async rest(): Promise<void> {
    this.#isStarted = false;
    await this.changed();
  }

  /** Somebody added, removed or changed one: whoever is posted to is looked at anew. */
  async changed(): Promise<void> {
    const looking = this.#looking.then(() => this.#lookAnew());
    this.#looking = looking.catch(() => undefined);
    await looking;
  }

  /** Looks whether another process added one. */
  async lookAround(): Promise<void> {
    if (!this.#isStarted) return;
    const wanted = (await this.#parts.webhookStore.all()).filter(({ off }) => !off);
    if (wanted.some(({ name }) => !this.#at.has(name))) await this.changed();
  }

  /** One after the other: nobody is posted to by two at once. */
  async #lookAnew(): Promise<void> {
    for (const { stop } of this.#at.values()) stop.abort(new Error("changed"));
    await Promise.all([...this.#at.values()].map(({ over }) => over));
    this.#at.clear();
    if (this.#isStarted)
      for (const { name, off } of await this.#parts.webhookStore.all()) if (!off) this.#begin(name);
    for (const told of this.#watchers) told();
  }

  /** Calls the listener when one was changed or switched off, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  /** Posts one event that says that it is a test; nothing of it is kept. */
  async test(hook: Webhook): Promise<PostOutcome> {
    const { clock } = this.#parts;
    const timestamp = new Date(clock.now()).toISOString();
    const body = { type: "webhook.test", timestamp, data: {} };
    return this.#post(hook, webhookId(`test\n${hook.name}\n${timestamp}`), body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watchers.clear();
    await this.rest();
  }

  #begin(name: string): void {
    const stop = new AbortController();
    this.#at.set(name, { stop, over: this.#runOn(name, stop.signal) });
  }

  /** What stands in the way here, such as a full disk, passes: it is tried again. */
  async #runOn(name: string, signal: AbortSignal): Promise<void> {
    const { log, clock } = this.#parts;
    while (!signal.aborted) {
      try {
        return await this.#run(name, signal);
      } catch (error) {
        log.error(`the webhook ${name} was held up: ${error instanceof Error ? error.message : "?"}`);
        await clock.sleep(TROUBLE_MS, signal).catch(() => undefined);
      }
    }
  }

  async #run(name: string, signal: AbortSignal): Promise<void> {
    const { webhookStore, feed, clock } = this.#parts;
    while (!signal.aborted) {
      const hook = (await webhookStore.all()).find((one) => one.name === name);
      if (!hook || hook.off) return;
      const waitMs = (hook.failing?.nextAt ?? 0) - clock.now();
      if (waitMs > 0) {
        await clock.sleep(waitMs, signal).catch(() => undefined);
        continue;
      }
      const read = await feed.read(hook.position, AT_A_TIME);
      // Nobody is told of what a crash could still take back: it would come again under another id.
      await feed.sync();
      if (read.events.length === 0) await feed.wait(hook.position, signal);
      else await this.#postAll(hook, read, signal);
    }
  }

  async #postAll(
    hook: Webhook,
    { events, hasGap }: Awaited<ReturnType<EventFeed["read"]>>,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.#parts;
    let [position, notedAt] = [hook.position, clock.now()];
    const missed = hasGap && hook.position > 0 ? [{ number: hook.position, event: undefined }] : [];
    for (const { number, event } of [...missed, ...events]) {
      const told = toldOf(event, clock.now());
      if (told && isWanted(hook, told.type)) {
        const outcome = await this.#post(hook, idOf(number, event), told, signal);
        if (signal.aborted && outcome.kind === "failed") break;
        if (outcome.kind === "failed") return this.#failed(hook, position, outcome);
      }
      position = number;
      if (signal.aborted) break;
      if (clock.now() < notedAt + NOTED_EVERY_MS) continue;
      await this.#note(hook.name, position);
      notedAt = clock.now();
    }
    await this.#note(hook.name, position);
  }

  async #note(name: string, position: number): Promise<void> {
    await this.#parts.webhookStore.change(name, (from) => gotTo(from, position));
  }

  async #failed(
    { name }: Webhook,
    position: number,
    outcome: Extract<PostOutcome, { kind: "failed" }>,
  ): Promise<void> {
    const { webhookStore, clock, random } = this.#parts;
    const at = { now: clock.now(), random: random() };
    const changed = await webhookStore.change(name, (from) =>
      // What failed before is another event's, as soon as one was taken in between.
      afterFailure(position > from.position ? gotTo(from, position) : from, outcome, at),
    );
    if (changed?.off) for (const told of this.#watchers) told();
  }

  async #post(
    hook: Webhook,
    id: string,
    content: object,
    signal = new AbortController().signal,
  ): Promise<PostOutcome> {
    const { clock, fetch: own } = this.#parts;
    const secrets = secretsAt(hook, clock.now());
    const post = { url: hook.url, id, body: JSON.stringify(content), secrets };
    const answer = await postSigned(post, { clock, ...(own ? { fetch: own } : {}) }, signal);
    return outcomeOf(answer, clock.now());
  }
}

function toldOf(
  event: CampaignEvent | undefined,
  now: number,
):
  | HookEvent
  | { readonly type: typeof MISSED; readonly timestamp: string; readonly data: object }
  | undefined {
  if (event) return hookEventOf(event);
  return { type: MISSED, timestamp: new Date(now).toISOString(), data: {} };
}

function isWanted({ types }: Webhook, type: HookEvent["type"] | typeof MISSED): boolean {
  return types === undefined || type === MISSED || types.includes(type);
}

/** The same for every try, and over a restart. */
function idOf(number: number, event: CampaignEvent | undefined): string {
  return webhookId(event ? `${number}\n${event.campaignId}\n${event.at}` : `missed\n${number}`);
}

function outcomeOf(answer: PostAnswer, now: number): PostOutcome {
  if (answer.kind === "failure") {
    const why =
      answer.why === "stoppedBeforeCall" || answer.why === "stoppedBeforeAnswer"
        ? "connectionBroke"
        : answer.why;
    return { kind: "failed", why: { kind: "silence", why } };
  }
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { kind: "taken" };
  const retryAt = retryAfter(headers, now);
  return {
    kind: "failed",
    why: { kind: "status", status },
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}
