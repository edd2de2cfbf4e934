/**
 * One campaign as the turns of its accounts see it: whether it sends, what its last claims told, and what of it is under
 * way.
 *
 * It is `off` (made, stopped, or nobody is left), `on`, or `waiting`: on, but nobody may send for a good while yet, and
 * whoever runs it was told. `waiting` ends by itself with the next account that may ask for somebody.
 */
import type { CampaignSigns, Rest } from "../../domain/next-send.ts";
import type { Claim } from "../../domain/journal.ts";
import type { Limit } from "../../domain/accounts/limits.ts";
import type { Hold } from "../../domain/settings/holds.ts";
import { limitsOf } from "../../domain/accounts/limits.ts";
import type { ClaimAnswer } from "../../storage/ports/ledger.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { Permit } from "../accounts/account-pool.ts";
import { Aftermath } from "./aftermath.ts";
import { Deadlines } from "./deadlines.ts";
import { LookAhead } from "./look-ahead.ts";
import type { OthersLimits } from "./others-limits.ts";
import { othersLimits } from "./others-limits.ts";
import { ratesOf } from "../accounts/rates-of.ts";
import type { RestingCampaign } from "./resting.ts";
import { Resting } from "./resting.ts";
import type { Served } from "./scheduler.ts";
import type { SendingParts } from "./sending-parts.ts";
import type { Told } from "./told.ts";
import { nothingTold } from "./told.ts";
import type { TurnCampaign } from "./turn.ts";
import { takeTurn } from "./turn.ts";

export class Sending implements Served, TurnCampaign, RestingCampaign {
  readonly parts: SendingParts;
  readonly deadlines: Deadlines;
  readonly aftermath: Aftermath;
  readonly lookAhead: LookAhead;
  readonly accountNames: readonly string[];
  readonly #resting: Resting;
  readonly #caps: ReadonlyMap<string, readonly Limit[]>;
  #state: "off" | "on" | "waiting" = "off";
  #told: Told = nothingTold();
  /** Accounts for which somebody is left out until it is known what they answered. */
  readonly #unheard = new Set<string>();
  #lastTurn = 0;
  #inFlight = 0;
  #whenNone: (() => void)[] = [];
  readonly #givenUp = new AbortController();
  /** Of all turns that wait for the store: a listener each would be too many for Node. */
  #cutOff: Promise<never> | undefined;

  constructor(parts: SendingParts) {
    this.parts = parts;
    const { accounts, channel, clock, sendTimeoutMs } = parts;
    this.#caps = new Map(accounts.map(({ name, caps }) => [name, limitsOf(caps)]));
    this.accountNames = accounts.map(({ name }) => name);
    this.#resting = new Resting(this);
    this.deadlines = new Deadlines(clock);
    this.aftermath = new Aftermath({
      ...parts,
      limits: (account) => [...ratesOf(channel, account), ...this.capsOf(account)],
    });
    this.lookAhead = new LookAhead({
      ...parts,
      inTime: (ask) => this.deadlines.run(sendTimeoutMs, ask, () => undefined),
    });
  }

  get id(): CampaignId {
    return this.parts.ledger.campaignId;
  }

  get isOn(): boolean {
    return this.#state !== "off";
  }

  get isWaiting(): boolean {
    return this.#state === "waiting";
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Somebody is left out until it is known what they answered. */
  get awaitsAnswers(): boolean {
    return this.#unheard.size > 0;
  }

  get told(): Told {
    return this.#told;
  }

  capsOf(account: string): readonly Limit[] {
    return this.#caps.get(account) ?? [];
  }

  /** Until when the limits of accounts keep them whose turns others take. */
  othersLimits(): Promise<OthersLimits> {
    const accounts = this.accountNames.map((account) => ({ account, caps: this.capsOf(account) }));
    return othersLimits(this.parts, accounts);
  }

  /** What an account's next step is decided by. */
  signs(account: string): CampaignSigns {
    const { dueAt, opensAt, cappedUntil } = this.#told;
    return {
      id: this.id,
      priority: this.parts.priority?.() ?? 0,
      lastTurn: this.#lastTurn,
      dueAt: dueAt.get(account) ?? 0,
      awaitsAnswers: this.#unheard.has(account),
      opensAt,
      allowedAt: cappedUntil.get(account) ?? 0,
    };
  }

  /**
   * Begins to send, or looks again at once when it already does. Whoever still has to wait is told so once more.
   * @param waits It is taken for one that waits by whoever runs it, who is told when it goes on
   */
  run(waits = false): void {
    if (this.#state === "waiting" && !waits) this.#state = "on";
    if (!this.isOn) {
      this.#state = waits ? "waiting" : "on";
      this.aftermath.beginsAnew();
      this.parts.hearing?.beginsAnew();
    }
    this.lookAgain();
  }

  /** Another process said that nobody may send: whoever does all the same says that it goes on. */
  waitsToo(): void {
    if (this.#state === "on") this.#state = "waiting";
  }

  /** Somebody may have become due, or an account may have come back. */
  lookAgain(): void {
    this.#told = nothingTold();
    if (this.isOn) this.parts.scheduler.serve(this);
  }

  wasSettled(): void {
    if (this.#told.hold) this.lookAgain();
  }

  isDue(at: number): void {
    const dueAt = new Map(Array.from(this.#told.dueAt, ([name, due]) => [name, Math.min(due, at)]));
    this.#told = { ...this.#told, dueAt };
    if (this.isOn) this.parts.scheduler.serve(this);
  }

  isFreed(account: string): void {
    const cappedUntil = new Map(this.#told.cappedUntil);
    cappedUntil.delete(account);
    this.#told = { ...this.#told, cappedUntil };
  }

  /** Claims nothing more from this moment on; what is in flight still settles. */
  halt(): void {
    this.#state = "off";
    this.parts.scheduler.leave(this);
  }

  /** Resolves when nothing is in flight. */
  async settledAll(): Promise<void> {
    if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#whenNone.push(resolve));
  }

  /** Halts and waits until all is settled; after `graceMs` the rest is cut off and settles as uncertain. */
  async stop(graceMs: number): Promise<void> {
    this.halt();
    const settled = new AbortController();
    void this.parts.clock.sleep(graceMs, settled.signal).then(
      () => {
        this.deadlines.giveUpAll("stoppedBeforeAnswer");
        this.#givenUp.abort(new Error("stopped before it was recorded"));
      },
      () => undefined,
    );
    await this.settledAll();
    settled.abort();
  }

  whileOpen(wait: Promise<void>): Promise<void> {
    this.#cutOff ??= rejectedOnce(this.#givenUp.signal);
    return Promise.race([wait, this.#cutOff]);
  }

  takeTurn(permit: Permit, turn: number): Promise<void> {
    this.#lastTurn = turn;
    this.#inFlight++;
    return takeTurn(this, permit);
  }

  endTurn(): void {
    this.#inFlight--;
    if (this.#inFlight === 0) for (const resolve of this.#whenNone.splice(0)) resolve();
  }

  answered(account: string, answer: ClaimAnswer, told: Told): Claim | undefined {
    const now = this.parts.clock.now();
    if (answer.kind === "capped") {
      told.cappedUntil.set(account, now + answer.freeInMs);
      if (answer.isPaced) told.paced.add(account);
      else told.paced.delete(account);
    }
    if (answer.kind === "noneDue") {
      told.dueAt.set(account, now + (answer.dueInMs ?? Infinity));
      told.awaited = answer.others ?? [];
      if (answer.unheard) this.#unheard.add(account);
      else this.#unheard.delete(account);
    }
    if (answer.kind === "closed") {
      told.heldBy = answer.by;
      this.#closes(now + (answer.opensInMs ?? Infinity), told);
    }
    if (answer.kind === "held") this.#isHeld(answer.hold, told);
    if (this.#goesOnBy(answer) && this.#state === "waiting" && !this.#unheard.has(account)) {
      this.#state = "on";
      this.parts.tell({ kind: "goesOn" });
    }
    return answer.kind === "claimed" ? answer.claim : undefined;
  }

  /** Where others send too, it waits until somebody is written to: that nobody is due for one process says nothing of the rest. */
  #goesOnBy({ kind }: ClaimAnswer): boolean {
    if (this.parts.pool.hearOthers) return kind === "claimed";
    return kind !== "capped" && kind !== "closed" && kind !== "held";
  }

  #isHeld(hold: Hold, told: Told): void {
    told.hold = hold;
    for (const name of this.accountNames) told.dueAt.set(name, Infinity);
  }

  #closes(opensAt: number, told: Told): void {
    told.opensAt = opensAt;
    if (opensAt < Infinity || !this.isOn) return;
    this.halt();
    this.parts.tell({ kind: "closed" });
  }

  rests(rest: Rest): void {
    this.#resting.rests(rest);
  }

  /** Its operator is told that nobody may send for a good while yet. */
  waits(): void {
    this.#state = "waiting";
  }
}

/** Rejects once the signal fires; nobody need wait for it. */
function rejectedOnce(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  rejected.catch(() => undefined);
  return rejected;
}
