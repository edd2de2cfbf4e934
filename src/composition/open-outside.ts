/** Opens what is told to others, and whom it lets in. */
import { WebhookRunner } from "../app/hooks/webhook-runner.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import { isCampaignEvent } from "../domain/campaign-event.ts";
import { openEventLog } from "../storage/files/events/event-log.ts";
import { API_TOKENS_FILE, openApiTokenStore } from "../storage/files/hooks/api-token-store.ts";
import { WEBHOOKS_FILE, openWebhookStore } from "../storage/files/hooks/webhook-store.ts";
import type { StorePlace } from "./open-people.ts";

export async function openOutside({ fileOf, clock, guards, opened }: StorePlace) {
  const events = opened.hold(
    await openEventLog<CampaignEvent>(fileOf("events"), {
      isEvent: isCampaignEvent,
      clock,
      ...guards,
    }),
  );
  const webhookStore = await openWebhookStore(fileOf(WEBHOOKS_FILE), guards);
  const log = { error: (problem: string): void => guards.onProblem(new Error(problem)) };
  const running = { webhookStore, feed: events, clock, random: Math.random, log };
  return {
    events,
    feed: events,
    apiTokens: await openApiTokenStore(fileOf(API_TOKENS_FILE), guards),
    webhookStore,
    webhookRunner: opened.hold(new WebhookRunner(running)),
  };
}
