/**
 * What follows when nobody may send for a campaign: it is over, or a person's word is waited for, or its operator is told
 * that it waits, and once for each wait. Owns what was told last; asks the ledger who is left before it says anything.
 */
import type { Rest } from "../../domain/next-send.ts";
import { waitFor } from "../accounts/account-waits.ts";
import { pauseFor } from "../events.ts";
import type { OthersLimit, OthersLimits } from "./others-limits.ts";
import type { SendingParts } from "./sending-parts.ts";
import type { Told } from "./told.ts";
import { restOf } from "./told.ts";

/** A wait for somebody who may send at least this long is told to the operator as a pause. */
const LONG_WAIT_MS = 60_000;

/** The campaign that rests. */
export interface RestingCampaign {
  readonly parts: SendingParts;
  readonly accountNames: readonly string[];
  readonly isOn: boolean;
  /** Its operator was told that it waits. */
  readonly isWaiting: boolean;
  readonly inFlight: number;
  readonly told: Told;
  othersLimits(): Promise<OthersLimits>;
  halt(): void;
  waits(): void;
}

export class Resting {
  readonly #campaign: RestingCampaign;
  /** What was told last that it waits for. */
  #restTold: Rest = { until: 0, cause: "account" };
  /** Told, and not counted yet. */
  #next: { readonly rest: Rest; readonly told: Told } | undefined;
  #isCounting = false;

  constructor(campaign: RestingCampaign) {
    this.#campaign = campaign;
  }

  /** One count at a time: what is told meanwhile is counted next, and of several the last. */
  rests(rest: Rest): void {
    this.#next = { rest, told: this.#campaign.told };
    if (!this.#isCounting) void this.#count();
  }

  async #count(): Promise<void> {
    this.#isCounting = true;
    try {
      for (let next = this.#next; next; next = this.#next) {
        this.#next = undefined;
        await this.#restsWith(next.rest, next.told);
      }
    } catch (error) {
      this.#campaign.halt();
      this.#campaign.parts.tell({ kind: "broken", error });
    }
    this.#isCounting = false;
  }

  /** It may be over, or have to wait. @param told What it was decided by: a change since then has it decided anew */
  async #restsWith(seen: Rest, told: Told): Promise<void> {
    const campaign = this.#campaign;
    const { ledger, clock, hearing, tell } = campaign.parts;
    const { planned, claimed } = await ledger.counts();
    const shut = await hearing?.trouble();
    const rest = restOf(seen, told);
    const others = rest.cause === "account" ? await campaign.othersLimits() : new Map<string, OthersLimit>();
    if (!campaign.isOn || campaign.inFlight > 0 || told !== campaign.told) return;
    // Whoever waits for an account or the service although nobody is left would wait for nothing.
    if (planned + claimed === 0) {
      campaign.halt();
      return tell({ kind: "drained" });
    }
    if (told.hold) {
      campaign.halt();
      return tell({ kind: "held", hold: told.hold });
    }
    const now = clock.now();
    const endsAt = Math.min(rest.until, this.#othersReadyAt(others, now));
    const isLong = rest.cause === "first" || (rest.cause !== "recipients" && endsAt - now >= LONG_WAIT_MS);
    const { cause, until } = this.#restTold;
    const isTold = campaign.isWaiting && cause === rest.cause && until > now;
    if (!isLong || isTold) return;
    campaign.waits();
    // Whatever holds it lasts until somebody ends it, and is asked about until then.
    this.#restTold = { ...rest, until: rest.cause === "first" ? Infinity : endsAt };
    tell({ kind: "waits", pause: pauseFor(waitFor(rest, campaign.parts, withOthers(told, others)), shut) });
  }

  /** Accounts whose turns another process takes may be well: then it says how they fare. */
  #othersReadyAt(others: OthersLimits, now: number): number {
    const { pool } = this.#campaign.parts;
    const readyAt = Array.from(others, ([name, { until }]) => Math.max(until, pool.readyAt(name, now)));
    return Math.min(Infinity, ...readyAt);
  }
}

/** What was told here of accounts that others have by now counts no more. */
function withOthers({ cappedUntil, paced, ...told }: Told, others: OthersLimits): Told {
  const own = [...paced].filter((name) => !others.has(name));
  const theirs = [...others].flatMap(([name, { isPaced }]) => (isPaced ? [name] : []));
  const untils = Array.from(others, ([name, { until }]) => [name, until] as const);
  return { ...told, cappedUntil: new Map([...cappedUntil, ...untils]), paced: new Set([...own, ...theirs]) };
}
