/** Makes the engine, and has those outside told for good of what it tells. */
import { CatchUp } from "../app/hooks/catch-up.ts";
import type { EventHub } from "../app/event-hub.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { OutcomeLog } from "../storage/ports/events.ts";
import { createRenderer } from "../app/drafts/renderer.ts";
import { defaultBreakerPolicy } from "../domain/accounts/breaker.ts";
import { defaultRetryPolicy } from "../domain/verdict.ts";
import type { Hearing } from "../engine/answers/hearing.ts";
import { Engine } from "../engine/engine.ts";
import type { EngineParts } from "../engine/engine-parts.ts";

/** Enough sends in flight to hide the latency of a real service. */
const CONCURRENCY = 32;

/** How long a send may take before it counts as unanswered, in ms. */
const SEND_TIMEOUT_MS = 60_000;

type OpenedParts = Required<
  Pick<EngineParts, "campaigns" | "ledgers" | "accounts" | "channels" | "clock" | "log">
> & {
  readonly events: EventHub;
  readonly feed: Pick<OutcomeLog<CampaignEvent>, "read" | "append" | "sync" | "wasCut" | "tellsEndings">;
  readonly hearing: Hearing;
} & Pick<EngineParts, "duties" | "away">;

export interface EngineSettings {
  readonly concurrency?: number;
  readonly isAtRest?: boolean;
}

export function openEngine(
  settings: EngineSettings,
  { feed, events, hearing, ...parts }: OpenedParts,
): { readonly engine: Engine; readonly catchUp: CatchUp } {
  const { campaigns, ledgers, accounts, channels, clock, log, duties, away } = parts;
  const catchUp = new CatchUp({ events: feed, wasCut: feed.wasCut, clock });
  const engine = new Engine({
    campaigns,
    ledgers,
    accounts,
    channels,
    clock,
    random: Math.random,
    renderer: createRenderer,
    policy: defaultRetryPolicy,
    breakerPolicy: defaultBreakerPolicy,
    concurrency: settings.concurrency ?? CONCURRENCY,
    sendTimeoutMs: SEND_TIMEOUT_MS,
    hearing,
    ...(duties ? { duties } : {}),
    ...(away ? { away } : {}),
    isAtRest: settings.isAtRest ?? false,
    emit: (event) => {
      if (event.key === undefined || !feed.tellsEndings) events.emit(event);
    },
    // What can't be told now holds nothing up: the feed says itself why, and it is told with what comes next.
    toldForGood: () => feed.sync().catch(() => undefined),
    catchUp: (campaign, opening) =>
      catchUp.opened(campaign, opening).catch((error: unknown) => {
        log.error(`what of ${campaign.id} is still to be told is not known: ${String(error)}`);
      }),
    log,
  });
  return { engine, catchUp };
}
