/** One campaign that is open: its ledger, what sends, the reconciler that settles the uncertain, and its status. */
import type { Channel } from "../channels/channel.ts";
import * as becomes from "../domain/campaign-status.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Claim } from "../domain/journal.ts";
import { endingOf } from "../domain/journal.ts";
import type { WayOn } from "../domain/settings/after-look.ts";
import type { Hold } from "../domain/settings/holds.ts";
import type { RecipientState } from "../domain/recipient.ts";
import { takeBack } from "./accounts/take-back.ts";
import { goesOn } from "../domain/may-send.ts";
import { transitionOf } from "../domain/transitions.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";
import type { Ledger } from "../storage/ports/ledger.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import type { CampaignWork } from "./campaign-work.ts";
import { createCampaignWork } from "./campaign-work.ts";
import { CheckpointWriter } from "./checkpoint-writer.ts";
import type { Decision } from "./uncertain/decision.ts";
import { settlementOf } from "./uncertain/decision.ts";
import type { EngineParts } from "./engine-parts.ts";
import { Lately } from "./lately.ts";
import type { OpenCampaignParts } from "./open-campaign-parts.ts";
import { lookAt } from "./open-campaign-parts.ts";
import { looksAgain, settledEvent, workDetail } from "./events.ts";
import type { Done } from "../domain/report/deeds.ts";
import type { Refusal } from "./status-changes.ts";
import { ScheduledStart } from "./scheduled-start.ts";
import { StatusChanges } from "./status-changes.ts";
import type { Settled } from "./turns/settled.ts";
import type { WorkEvent } from "./work-event.ts";

export class OpenCampaign {
  readonly #engine: EngineParts;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly ledger: Ledger;
  readonly lately = new Lately();
  readonly start: ScheduledStart;
  readonly #work: CampaignWork;
  readonly #checkpoint: CheckpointWriter;
  readonly #status: StatusChanges;
  /** Something could not be recorded: what memory says may be ahead of the disk. It must be opened anew. */
  isBroken = false;
  readonly #tellLooksAgain: (account: string, until: number) => void;

  constructor({ engine, campaign, opening, channel, pool, scheduler }: OpenCampaignParts) {
    this.#engine = engine;
    this.#status = new StatusChanges(campaign, engine);
    this.start = new ScheduledStart({
      engine,
      status: this.#status,
      pool,
      go: () => this.#go(),
      soon: (action) => this.#soon(action),
    });
    this.channel = channel;
    this.pool = pool;
    this.ledger = opening.ledger;
    this.#work = createCampaignWork({
      engine,
      ledger: opening.ledger,
      channel,
      pool,
      scheduler,
      campaign: () => this.campaign,
      tell: (event) => this.#hear(event),
    });
    this.#tellLooksAgain = this.#status.tellOnce(looksAgain);
    const saved = (names: number): void => this.#status.tell({ kind: "checkpointSaved", names });
    this.#checkpoint = new CheckpointWriter(opening.ledger, engine.clock, saved);
  }

  get campaign(): Campaign {
    return this.#status.campaign;
  }
  /** Uncertain recipients whom the channel is being asked about; the others are left to the operator. */
  get checking(): number {
    return this.canCheck ? this.#work.reconciler.pending : 0;
  }
  /** True where the channel can be asked about uncertain recipients, now. */
  get canCheck(): boolean {
    const { canCheck, mustRepeat } = this.#work.reconciler;
    return canCheck && (!mustRepeat || this.campaign.status === "running");
  }

  /** Until when the account has used the limits up that this campaign gives it, as far as is known; 0: not. */
  cappedUntil(account: string): number {
    return this.#work.sending.told.cappedUntil.get(account) ?? 0;
  }

  /** Something changed that may leave nobody to send to. */
  lookAgain(): void {
    this.#work.sending.lookAgain();
  }

  /** Takes up what the status says: sends when running or waiting for an account, and pursues everybody uncertain. */
  async takeUp(): Promise<void> {
    await this.#work.reconciler.takeOnAll();
    if (this.campaign.status === "cancelled") await this.#skipTheRest();
    this.#follow();
  }

  /** @param by Who pauses it; as in {@link Consent} */
  pause(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      if (!(await this.#stop(becomes.pausedBy(by), { what: "paused", by }))) return "notNow";
      this.#afterFlight(() => this.#checkpoint.save());
      return undefined;
    });
  }

  /** @param way By itself, or by a person's word: how it goes on where it waited for one */
  resume(by?: string, way: WayOn | "itself" = "all"): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      const resumed = becomes.resumed(way, await lookAt(this.ledger, this.#engine));
      if (way !== "itself" && resumed(this.campaign)) takeBack(this.campaign, this.pool, this.#status);
      if (!(await this.#status.change(resumed, { what: "resumed", by }))) return "notNow";
      await this.#go();
      return undefined;
    });
  }

  cancel(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      if (!(await this.#stop(becomes.cancelled, { what: "cancelled", by }))) return "notNow";
      this.#afterFlight(() => this.#skipTheRest());
      return undefined;
    });
  }

  retryFailed(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      if (this.campaign.status === "cancelled") return "notNow";
      if ((await this.ledger.counts()).failed === 0) return "nothingToDo";
      await this.ledger.retryAll();
      const done: Done = { what: "retried", by };
      if (!(await this.#takeUpAgain(done))) await this.#status.note(done);
      if (this.campaign.status === "running") this.#work.sending.lookAgain();
      return undefined;
    });
  }

  /** Settles one uncertain recipient as the operator decided; answers false when it is uncertain no more. */
  async decide(claim: Claim, decision: Decision): Promise<boolean> {
    const at = this.#engine.clock.now();
    const settlement = settlementOf(decision, at);
    if (!(await this.ledger.settle(claim, endingOf(settlement, at)))) return false;
    this.#work.reconciler.isSettled(claim);
    this.#cleared({ claim, settlement });
    return true;
  }

  /** Asks the channel about one uncertain recipient; answers the state it is in afterwards. */
  check(claim: Claim): Promise<RecipientState | "notUncertain"> {
    return this.#work.reconciler.checkNow(claim);
  }

  /** Puts the pause on disk that could not be recorded when this broke. */
  recordPause = (): Promise<void> => this.#status.record();

  /** Claims nothing more, lets what is in flight settle for at most `graceMs`, and closes; the status stays. */
  async close(graceMs: number): Promise<void> {
    this.start.stop();
    this.#work.forget();
    this.#work.reconciler.stop();
    await this.#work.sending.stop(graceMs);
    await this.#status.idle();
    if (!this.isBroken && becomes.isUnderWay(this.campaign))
      await this.#checkpoint.save().catch(() => undefined);
    await this.ledger[Symbol.asyncDispose]();
  }

  /** Stops sending before the change is on disk; when it is not for the campaign, sending goes on. */
  async #stop(to: becomes.StatusChange, done?: Done): Promise<boolean> {
    if (to(this.campaign)) this.#work.sending.halt();
    const isStopped = await this.#status.change(to, done);
    this.#follow();
    return isStopped;
  }

  /** Sends or not as the status says. */
  #follow(): void {
    if (goesOn(this.campaign)) this.#run();
    else this.#work.sending.halt();
    this.start.takeUp();
  }

  #run(): void {
    if (this.#engine.isAtRest !== true) this.#work.sending.run(this.#status.isWaiting);
  }

  async #go(): Promise<void> {
    this.lately.meter.reset();
    await this.#work.reconciler.takeOnAll();
    this.#run();
  }

  async #takeUpAgain(done?: Done): Promise<boolean> {
    const isUp = await this.#status.change(becomes.takenUpAgain, done);
    if (isUp) await this.#go();
    return isUp;
  }

  async #goesOn(): Promise<void> {
    if (await this.#status.change(becomes.goneOn)) await this.#work.reconciler.takeOnAll();
  }

  /** Sending met that it is not as it was taken for: goes by what is stored from now on. */
  async #takeIn(): Promise<void> {
    await this.#status.takeIn();
    this.#follow();
  }

  /** It waits for a person's word. */
  async #holds(hold: Hold): Promise<void> {
    if (await this.#status.change(becomes.held(hold))) await this.#checkpoint.save();
  }

  async #finishIfThrough(): Promise<void> {
    const { planned, claimed } = await this.ledger.counts();
    if (!goesOn(this.campaign) || planned + claimed > 0 || this.#work.reconciler.pending > 0) return;
    await this.#checkpoint.save();
    await this.#status.change(becomes.finished(this.#engine.clock.now()));
  }

  async #skipTheRest(): Promise<void> {
    if ((await this.ledger.counts()).planned > 0) await this.ledger.cancelAll();
    await this.#checkpoint.save();
    this.#status.tell({ kind: "status", status: "cancelled" });
  }

  #hear(event: WorkEvent): void {
    switch (event.kind) {
      case "settled":
        return this.#settled(event.settled);
      case "cleared":
        return this.#cleared(event.settled);
      case "looksAgain":
        return this.#tellLooksAgain(event.account, event.until);
      case "skipped":
      case "unheard":
      case "account":
        return this.#status.tell(workDetail(event));
      case "waits":
        return this.#soon(() => this.#status.change(becomes.waitsFor(event.pause)));
      case "goesOn":
        return this.#soon(() => this.#goesOn());
      case "closed":
        return this.#soon(() => this.#takeIn());
      case "rejected":
        return this.#soon(() => this.#status.change(becomes.pausedFor({ kind: "rejected", why: event.why })));
      case "held":
        return this.#soon(() => this.#holds(event.hold));
      case "drained":
        return this.#soon(() => this.#finishIfThrough());
      case "broken":
        return this.#break(event.error);
    }
  }

  #settled(settled: Settled): void {
    const { claim, settlement } = settled;
    const at = this.#engine.clock.now();
    if (settlement.t === "uncertain") this.#work.reconciler.takeOn(claim);
    this.lately.settled(settled, at);
    this.#engine.emit(settledEvent(settled, at));
    this.#checkpoint.saveIfDue();
  }

  /** Somebody uncertain is settled; somebody planned again may need sending to go on, also after the end. */
  #cleared(settled: Settled): void {
    this.#engine.emit(settledEvent(settled, this.#engine.clock.now()));
    if (transitionOf(settled.settlement).givesBack) this.pool.gaveBack(settled.claim.account);
    if (settled.settlement.t !== "planned") return;
    if (this.campaign.status === "finished") this.#soon(() => this.#takeUpAgain());
    else if (this.campaign.status === "running") this.#run();
    else if (this.campaign.status === "cancelled") this.#afterFlight(() => this.#skipTheRest());
  }

  #break(error: unknown): void {
    this.isBroken = true;
    this.#work.sending.halt();
    this.#work.reconciler.stop();
    this.#engine.log.error(`${this.campaign.id}: ${error instanceof Error ? error.message : String(error)}`);
    const pause = becomes.pausedFor({ kind: "storage", why: reasonOfError(error) });
    void this.#status.inTurn(() => this.#status.changeUnrecorded(pause));
  }

  /** Takes its turn in the background; what can't be recorded stops the campaign. */
  #soon(action: () => Promise<unknown>): void {
    this.#status.inTurn(action).catch((error: unknown) => this.#break(error));
  }

  #afterFlight(work: () => Promise<unknown>): void {
    void this.#work.sending.settledAll().then(() => this.#soon(work));
  }
}
