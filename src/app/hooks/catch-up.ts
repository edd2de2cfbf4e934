/**
 * Makes the feed of events whole after the end of a process cut it off. A record is on disk before anyone is told of what it
 * says, and the feed a moment later: what the one has and the other has not is told when a campaign is opened, in its order
 * and before anything new. Only the feed's readers are told; the chat and the figures go by the records themselves.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import { untoldEvent } from "../../domain/ending-events.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Engine } from "../../engine/engine.ts";
import type { EventLog } from "../../storage/ports/events.ts";
import type { Opening } from "../../storage/ports/ledger.ts";
import type { ToldEndings } from "../../storage/ports/told-endings.ts";

export interface CatchUpParts {
  readonly events: Pick<EventLog<CampaignEvent>, "read" | "append">;
  /** The last process was cut off. */
  readonly wasCut: boolean;
  readonly clock: Pick<Clock, "now">;
}

/** What the feed has of one campaign. */
interface Heard {
  readonly keys: Set<string>;
  /** Endings of an earlier version stand without a key: which they are is not known. */
  hasKeyless: boolean;
  standing?: string;
}

interface Found {
  readonly of: ReadonlyMap<CampaignId, Heard>;
  /** Moment of the oldest event that is kept; infinity: there is none. */
  readonly since: number;
}

export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #done = new Set<CampaignId>();
  /** What began later is told as it happens. */
  readonly #startedAt: number;
  #found: Promise<Found> | undefined;
  #isOver: boolean;

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    this.#isOver = !parts.wasCut;
  }

  /** A campaign was opened: tells of it what nobody was told. */
  async opened(campaign: Campaign, { untold }: Pick<Opening, "untold">): Promise<void> {
    const { id } = campaign;
    const { events, clock } = this.#parts;
    const isCut = !this.#isOver && !this.#done.has(id) && campaign.createdAt < this.#startedAt;
    const found = isCut ? await this.#look() : undefined;
    const endings = (await untold?.(found && toldOf(found, campaign))) ?? [];
    const status = found && untoldStatus(found, campaign, clock.now());
    for (const ending of endings) await events.append(untoldEvent(id, ending));
    // Whoever is written to after a change of status is so once that is told for good: it comes after all that is missing.
    if (status) await events.append(status);
    this.#done.add(id);
  }

  /** Opens what else the end of the process may have cut off; answers whether all of it is told now. */
  async finish(engine: Pick<Engine, "find">, campaigns: readonly Campaign[]): Promise<boolean> {
    if (this.#isOver) return true;
    const { since } = await this.#look();
    const owed = campaigns.filter(
      ({ id, finishedAt = Infinity }) => finishedAt >= since && !this.#done.has(id),
    );
    // What can't be opened is reported where it was tried first.
    for (const { id } of owed) await engine.find(id).catch(() => undefined);
    this.#isOver = owed.every(({ id }) => this.#done.has(id));
    this.#found = undefined;
    return this.#isOver;
  }

  #look(): Promise<Found> {
    return (this.#found ??= readAll(this.#parts.events));
  }
}

async function readAll(events: Pick<EventLog<CampaignEvent>, "read">): Promise<Found> {
  const of = new Map<CampaignId, Heard>();
  const kept = (await events.read(0, Number.MAX_SAFE_INTEGER)).events;
  for (const { event } of kept) {
    let heard = of.get(event.campaignId);
    if (!heard) of.set(event.campaignId, (heard = { keys: new Set(), hasKeyless: false }));
    if (event.key !== undefined) heard.keys.add(event.key);
    else if (event.kind === "settled") heard.hasKeyless = true;
    if (event.kind === "status") heard.standing = standingOf(event);
  }
  return { of, since: kept[0]?.event.at ?? Infinity };
}

function toldOf({ of, since }: Found, { id }: Campaign): ToldEndings {
  const { keys, hasKeyless } = of.get(id) ?? { keys: new Set<string>(), hasKeyless: false };
  return { has: (key) => keys.has(key), since: hasKeyless ? Infinity : since };
}

/** Where a campaign stands, when that is not what was told last. */
function untoldStatus({ of, since }: Found, campaign: Campaign, now: number) {
  const { id: campaignId, status, pause, finishedAt = Infinity } = campaign;
  const standing = of.get(campaignId)?.standing;
  const isTold = standing === undefined ? finishedAt < since : standing === standingOf(campaign);
  if (isTold) return undefined;
  const at = Math.min(finishedAt, now);
  return { campaignId, at, isToldLate: true, kind: "status", status, ...(pause ? { pause } : {}) } as const;
}

function standingOf({ status, pause }: Pick<Campaign, "status" | "pause">): string {
  return `${status} ${pause?.kind ?? ""}`;
}
