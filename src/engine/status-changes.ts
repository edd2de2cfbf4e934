import type { Campaign, CampaignStatus, PauseReason } from "../domain/campaign.ts";
import { isWaiting } from "../domain/may-send.ts";
import type { Clock } from "../lib/clock.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { EventDetail } from "./events.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";

export interface StatusParts {
  readonly campaigns: CampaignStore;
  readonly clock: Clock;
  readonly emit: (event: CampaignEvent) => void;
}

/** Why an action was refused: the campaign's status does not allow it, or there is nothing it could do. */
export type Refusal = "notNow" | "nothingToDo";

/** Keeps one campaign's status: a change is on disk before anyone is told of it, and changes never cross. */
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

  /** Nobody may send at the moment, and the campaign goes on by itself when somebody may. */
  get isWaiting(): boolean {
    return isWaiting(this.#campaign);
  }

  /** Puts the status on disk, then tells it. */
  async become(status: CampaignStatus, pause?: PauseReason): Promise<void> {
    const next = this.#next(status, pause);
    await this.#parts.campaigns.save(next);
    this.#enter(next);
  }

  /** Pauses a running campaign for a reason other than the operator's word; any other status stays. */
  async pauseIfRunning(pause: PauseReason): Promise<void> {
    if (this.#campaign.status === "running") await this.become("paused", pause);
  }

  /** The same where the disk may refuse this too: the operator hears of it, and the disk says "running" until it can. */
  async pauseUnrecorded(pause: PauseReason): Promise<void> {
    if (this.#campaign.status !== "running") return;
    const next = this.#next("paused", pause);
    await this.#parts.campaigns.save(next).catch(() => undefined);
    this.#enter(next);
  }

  /** Takes in what is stored, which another process may have changed. */
  takeIn(): void {
    const stored = this.#parts.campaigns.get(this.#campaign.id);
    if (stored && stored.status !== this.#campaign.status) this.#enter(stored);
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

  #next(status: CampaignStatus, pause?: PauseReason): Campaign {
    const { pause: _, finishedAt: __, ...rest } = this.#campaign;
    const finished = status === "finished" ? { finishedAt: this.#parts.clock.now() } : {};
    return { ...rest, status, ...(pause ? { pause } : {}), ...finished };
  }

  #enter(next: Campaign): void {
    this.#campaign = next;
    const { status, pause } = next;
    this.tell({ kind: "status", status, ...(pause ? { pause } : {}) });
  }

  /** Runs the actions one after another: two presses at once must not cross. */
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
