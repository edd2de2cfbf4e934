/** Where events are posted to, as whoever may decide on it handles it. A secret is shown once, where it is made. */
import type { HookType } from "../../domain/hooks/hook-event.ts";
import type { PostOutcome, Webhook } from "../../domain/hooks/webhook.ts";
import { FORMER_SECRET_MS, MOST_WEBHOOKS, isHookName, onAgain, toldOff } from "../../domain/hooks/webhook.ts";
import type { Clock } from "../../lib/clock.ts";
import { keyOf } from "../../lib/webhooks/signature.ts";
import { addressProblem, shownAddress } from "../../lib/webhooks/webhook-address.ts";
import type { WebhookStore } from "../../storage/ports/webhooks.ts";
import type { EventFeed } from "../event-hub.ts";
import type { WebhookRunner } from "./webhook-runner.ts";

export const webhookProblems = ["badName", "taken", "full", "notAddress", "notHttps", "private"] as const;
export type WebhookProblem = (typeof webhookProblems)[number];

export type WebhookAdded = { readonly ok: true } | { readonly ok: false; readonly problem: WebhookProblem };

export interface WebhookAsked {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly mayBeNear?: boolean;
  /** Absent or empty: every type. */
  readonly types?: readonly HookType[];
}

/** A webhook without its secrets, and of its address the server alone: the rest may be a key. */
export interface WebhookView extends Omit<Webhook, "secrets" | "url"> {
  readonly server: string;
}

export interface Webhooks {
  /** It hears what happens from now on. Given again with the same secret it changes nothing. */
  add(asked: WebhookAsked, by: string): Promise<WebhookAdded>;
  /** Answers false when there was none of that name. */
  remove(name: string): Promise<boolean>;
  /** The new secret signs from now on, and for a day the one before it too. */
  rotate(name: string, secret: string): Promise<boolean>;
  /** Posts go on from where they were, at once. */
  resume(name: string): Promise<boolean>;
  /** Posts one test; undefined: there is none of that name. */
  test(name: string): Promise<PostOutcome | undefined>;
  list(): Promise<readonly WebhookView[]>;
  /** An operator was told that it is off. */
  told(name: string, operatorId: number): Promise<void>;
  /** Calls the listener when one was changed or switched off, until the returned function is called. */
  watch(listener: () => void): () => void;
}

interface Parts {
  readonly webhookStore: WebhookStore;
  readonly webhookRunner: Pick<WebhookRunner, "changed" | "test" | "watch">;
  readonly feed: Pick<EventFeed, "last">;
  readonly clock: Pick<Clock, "now">;
}

export function createWebhooks(parts: Parts): Webhooks {
  const { webhookStore: store, webhookRunner: runner, clock } = parts;
  const changing = async (name: string, to: (from: Webhook) => Webhook | undefined): Promise<boolean> => {
    const changed = await store.change(name, to);
    if (changed) await runner.changed();
    return changed !== undefined;
  };
  return {
    add: (asked, by) => add(parts, asked, by),
    async remove(name) {
      const was = await store.remove(name);
      if (was) await runner.changed();
      return was;
    },
    rotate: (name, secret) =>
      changing(name, (from) => {
        const [current = ""] = from.secrets;
        if (!keyOf(secret)) return undefined;
        if (current === secret) return from;
        return { ...from, secrets: [secret, current], formerUntil: clock.now() + FORMER_SECRET_MS };
      }),
    resume: (name) => changing(name, onAgain),
    async test(name) {
      const hook = (await store.all()).find((one) => one.name === name);
      return hook && runner.test(hook);
    },
    list: async () => (await store.all()).map(webhookView),
    told: async (name, operatorId) => void (await store.change(name, (from) => toldOff(from, operatorId))),
    watch: (listener) => runner.watch(listener),
  };
}

async function add(
  { webhookStore, webhookRunner, feed, clock }: Parts,
  { name, url, secret, mayBeNear = false, types }: WebhookAsked,
  by: string,
): Promise<WebhookAdded> {
  if (!isHookName(name)) return { ok: false, problem: "badName" };
  const problem = keyOf(secret) ? addressProblem(url, mayBeNear) : "notAddress";
  if (problem) return { ok: false, problem };
  const hook: Webhook = {
    name,
    url,
    ...(mayBeNear ? { mayBeNear } : {}),
    secrets: [secret],
    ...(types && types.length > 0 ? { types } : {}),
    by,
    at: clock.now(),
    position: await feed.last(),
  };
  const result = await webhookStore.add(hook, MOST_WEBHOOKS);
  if (result !== "added") return { ok: false, problem: result };
  await webhookRunner.changed();
  return { ok: true };
}

/** What of a webhook may be seen. */
export function webhookView(hook: Webhook): WebhookView {
  const { secrets: _, url, ...rest } = hook;
  return { ...rest, server: shownAddress(url) };
}
