import type { StatusChange } from "../domain/campaign-status.ts";
import { pausedFor } from "../domain/campaign-status.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Done } from "../domain/report/deeds.ts";
import { recorded, withDeed } from "../domain/report/deeds.ts";
import { isWaiting } from "../domain/may-send.ts";
import type { Clock } from "../lib/clock.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { EventDetail } from "./events.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";

export interface StatusParts {
  readonly campaigns: Pick<CampaignStore, "get" | "change">;
  readonly clock: Clock;
  readonly emit: (event: CampaignEvent) => void;
  /** As in {@link EngineParts}: others tell of what they changed. */
  readonly duties?: object;
  /** As in {@link EngineParts}. */
  readonly toldForGood?: () => Promise<void>;
}

/** Why an action was refused: the campaign's status does not allow it, or there is nothing it could do. */
export type Refusal = "notNow" | "nothingToDo";

/**
 * One campaign's changes of status. The campaign as it is stored decides whether a change is for it, and a change is on
 * disk before anyone is told of it; what stands here is the campaign as it was last seen.
 */
export class StatusChanges {
  readonly #parts: StatusParts;
  #campaign: Campaign;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(campaign: Campaign, parts: StatusParts) {
    this.#campaign = campaign;
    this.#parts = parts;
  }

  get campaign(): Campaign {
    return this.#campaign;
  }

  get isWaiting(): boolean {
    return isWaiting(this.#campaign);
  }

  /**
   * Puts a change on disk, then tells it, so that of several none is passed over whatever ends in between. Answers false, and nothing happens, when it is not for the campaign as it is.
   * @param done Whose word it is, to be put on record with it
   */
  async change(to: StatusChange, done?: Done): Promise<boolean> {
    let seen: Campaign | undefined;
    const change = recorded(to, this.#parts.clock.now(), done);
    const changed = await this.#parts.campaigns.change(this.#campaign.id, (from) => change((seen = from)));
    if (changed) this.#enter(changed);
    else if (seen) this.#campaign = seen;
    if (changed) await this.#parts.toldForGood?.();
    return changed !== undefined;
  }

  /** Puts a change on disk that leaves it mostly where it is; told is only where it comes to stand elsewhere. */
  async count(to: StatusChange): Promise<void> {
    const change = recorded(to, this.#parts.clock.now());
    const changed = await this.#parts.campaigns.change(this.#campaign.id, change);
    if (changed && standingOf(changed) !== standingOf(this.#campaign)) this.#enter(changed);
    else if (changed) this.#campaign = changed;
  }

  /** Puts on record what somebody did, where the status stays. */
  async note(done: Done): Promise<void> {
    const at = this.#parts.clock.now();
    const noted = await this.#parts.campaigns.change(this.#campaign.id, (from) => withDeed(from, done, at));
    if (noted) this.#campaign = noted;
  }

  /** Puts a pause on disk that was told and could not be recorded; what runs is paused for it. */
  async record(): Promise<void> {
    const { id, pause } = this.#campaign;
    if (pause) await this.#parts.campaigns.change(id, recorded(pausedFor(pause), this.#parts.clock.now()));
  }

  /** The same where the disk may refuse it: the operator hears of it, and the disk says what it did until {@link record}. */
  async changeUnrecorded(to: StatusChange): Promise<void> {
    const unrecorded = recorded(to, this.#parts.clock.now())(this.#campaign);
    await this.change(to).catch(() => unrecorded && this.#enter(unrecorded));
  }

  /**
   * Takes in what is stored, which another process may have changed; where it stands is told when that is another place and
   * nobody else tells it.
   */
  async takeIn(): Promise<void> {
    const { campaigns, duties } = this.#parts;
    const stored = await campaigns.get(this.#campaign.id);
    if (stored && !duties && standingOf(stored) !== standingOf(this.#campaign)) this.#enter(stored);
    else if (stored) this.#campaign = stored;
  }

  tell(detail: EventDetail | undefined): void {
    if (detail) this.#parts.emit({ ...detail, campaignId: this.#campaign.id, at: this.#parts.clock.now() });
  }

  /** Makes a teller that says the same thing once: of many who wait for one moment the operator hears once. */
  tellOnce<Args extends readonly unknown[]>(
    detailOf: (...args: Args) => EventDetail,
  ): (...args: Args) => void {
    let told = "";
    return (...args) => {
      const detail = detailOf(...args);
      const text = JSON.stringify(detail);
      if (text !== told) this.tell(detail);
      told = text;
    };
  }

  #enter(next: Campaign): void {
    this.#campaign = next;
    const { status, pause } = next;
    this.tell({ kind: "status", status, ...(pause ? { pause } : {}) });
  }

  /** Does here one thing after another: what follows from one change is begun before the next is asked for. */
  inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Resolves when every action asked for so far is done. */
  async idle(): Promise<void> {
    await this.#turn;
  }
}

function standingOf({ status, pause }: Campaign): string {
  return JSON.stringify([status, pause]);
}
