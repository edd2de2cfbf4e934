/**
 * One campaign that is open: what can be asked of it while it sends, waits or is over. Each word takes effect in its turn,
 * by the status at that moment; what follows from it is its course's affair.
 */
import type { Channel } from "../channels/channel.ts";
import * as becomes from "../domain/campaign-status.ts";
import { asForeseen, unlessUnapproved } from "../domain/approval.ts";
import { confirmed } from "../domain/restored.ts";
import type { StatusChange } from "../domain/campaign-status.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Claim } from "../domain/journal.ts";
import { endingOf } from "../domain/journal.ts";
import type { RecipientState } from "../domain/recipient.ts";
import type { Done } from "../domain/report/deeds.ts";
import type { WayOn } from "../domain/settings/after-look.ts";
import type { AddedNames, Ledger, NewNames } from "../storage/ports/ledger.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import { takeBack } from "./accounts/take-back.ts";
import { CampaignCourse } from "./campaign-course.ts";
import type { EngineParts } from "./engine-parts.ts";
import type { Lately } from "./lately.ts";
import type { OpenCampaignParts } from "./open-campaign-parts.ts";
import { lookAt } from "./open-campaign-parts.ts";
import type { ScheduledStart } from "./scheduled-start.ts";
import type { OthersLimits } from "./turns/others-limits.ts";
import type { Refusal, StatusChanges } from "./status-changes.ts";
import type { Decision } from "./uncertain/decision.ts";
import { settlementOf } from "./uncertain/decision.ts";

export class OpenCampaign {
  readonly #engine: EngineParts;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly ledger: Ledger;
  readonly #course: CampaignCourse;
  readonly #status: StatusChanges;
  #isClosing = false;

  constructor(parts: OpenCampaignParts) {
    this.#engine = parts.engine;
    this.channel = parts.channel;
    this.pool = parts.pool;
    this.ledger = parts.opening.ledger;
    this.#course = new CampaignCourse(parts);
    this.#status = this.#course.status;
  }

  get campaign(): Campaign {
    return this.#status.campaign;
  }
  /** Something could not be recorded: what memory says may be ahead of the disk. It must be opened anew. */
  get isBroken(): boolean {
    return this.#course.isBroken;
  }
  /** Its claims are others' to settle: it must be opened anew. */
  get isOutdated(): boolean {
    return this.#course.isOutdated;
  }
  get lately(): Lately {
    return this.#course.lately;
  }
  get start(): ScheduledStart {
    return this.#course.start;
  }
  /** Uncertain recipients whom the channel is being asked about; the others are left to the operator. */
  get checking(): number {
    return this.canCheck ? this.#course.work.reconciler.pending : 0;
  }
  /** True where the channel can be asked about uncertain recipients, now. */
  get canCheck(): boolean {
    const { canCheck, mustRepeat } = this.#course.work.reconciler;
    return canCheck && (!mustRepeat || this.campaign.status === "running");
  }

  /** Until when the account has used the limits up that this campaign gives it, as far as is known; 0: not. */
  cappedUntil(account: string): number {
    return this.#course.work.sending.told.cappedUntil.get(account) ?? 0;
  }

  /** Whether that is the speed that is set for the campaign as a whole, and not the account's limits. */
  isPaced(account: string): boolean {
    return this.#course.work.sending.told.paced.has(account);
  }

  /** The same of accounts whose turns other processes take, as it is stored. */
  othersLimits(): Promise<OthersLimits> {
    return this.#course.work.sending.othersLimits();
  }

  /** Something changed that may leave nobody to send to. */
  lookAgain(): void {
    this.#course.work.sending.lookAgain();
  }

  /** Another process planned somebody again. @param at ms since the epoch */
  isDue(at: number): void {
    this.#course.isDue(at);
  }

  /** Settles what processes that are gone left claimed, and asks about everybody uncertain who is not being asked about. */
  async lookAround(): Promise<void> {
    if (!becomes.isUnderWay(this.campaign) && (await this.ledger.counts()).claimed === 0) return;
    await this.ledger.sweep();
    await this.#course.work.reconciler.takeOnAll();
  }

  /** Takes up what the status says: sends when running or waiting for an account, and pursues everybody uncertain. */
  takeUp(): Promise<void> {
    return this.#course.takeUp();
  }

  /** @param by Who pauses it; as in {@link Consent} */
  pause(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      if (!(await this.#course.stop(becomes.pausedBy(by), { what: "paused", by }))) return "notNow";
      this.#course.afterFlight("saved");
      return undefined;
    });
  }

  /** @param way By itself, or by a person's word: how it goes on where it waited for one */
  resume(by?: string, way: WayOn | "itself" = "all"): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      const look = await lookAt(this.ledger, this.#engine);
      const resumed = asForeseen(unlessUnapproved(becomes.resumed(way, look)));
      if (way !== "itself" && resumed(this.campaign)) await takeBack(this.campaign, this.pool, this.#status);
      if (!(await this.#status.change(resumed, { what: "resumed", by }))) return "notNow";
      await this.#course.go();
      return undefined;
    });
  }

  /** A person's word that it may go on although it was put back from a backup. */
  confirmRestored(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      const change = confirmed(this.#engine.clock.now());
      if (!(await this.#status.change(change, { what: "resumed", by }))) return "notNow";
      await this.#course.takeUp();
      return undefined;
    });
  }

  /** Somebody's word on whether it may go out as it stands; answers false when that is not asked. */
  approve(word: StatusChange): Promise<boolean> {
    return this.#status.inTurn(async () => {
      const before = this.campaign.approval?.sentBack;
      if (!(await this.#status.change(word))) return false;
      await this.#course.takeUp();
      this.#status.tell({ kind: "changed" });
      const back = this.campaign.approval?.sentBack;
      if (back && back !== before) this.#status.tell({ kind: "sentBack", by: back.by, reason: back.reason });
      return true;
    });
  }

  cancel(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      if (!(await this.#course.stop(becomes.cancelled, { what: "cancelled", by }))) return "notNow";
      this.#course.afterFlight("all skipped");
      return undefined;
    });
  }

  retryFailed(by?: string): Promise<Refusal | undefined> {
    return this.#status.inTurn(async () => {
      if (this.campaign.status === "cancelled") return "notNow";
      if ((await this.ledger.counts()).failed === 0) return "nothingToDo";
      await this.ledger.retryAll();
      const done: Done = { what: "retried", by };
      if (!(await this.#course.takeUpAgain(done))) await this.#status.note(done);
      this.#course.sendOn();
      this.#status.tell({ kind: "changed" });
      return undefined;
    });
  }

  /** Answers undefined, and nobody joins, once it is being closed: whoever opens it anew may have them join there. */
  addNames(names: NewNames): Promise<AddedNames | undefined> {
    return this.#status.inTurn(async () => {
      if (this.#isClosing) return undefined;
      const added = await this.ledger.addNames(names);
      await this.#status.takeIn();
      this.#course.sendOn();
      if (added.kind === "added") this.#status.tell({ kind: "changed" });
      return added;
    });
  }

  /**
   * Goes by what is stored from now on, whoever changed it. `otherwise`: what is sent is not what it was opened for any more, so it
   * must be opened anew.
   */
  takeIn(): Promise<"as opened" | "otherwise"> {
    return this.#status.inTurn(async () => {
      if (this.#isClosing) return "as opened";
      await this.#course.takeIn();
      return this.#course.isAsOpened ? "as opened" : "otherwise";
    });
  }

  /** Settles one uncertain recipient as the operator decided; answers false when it is uncertain no more. */
  async decide(claim: Claim, decision: Decision): Promise<boolean> {
    const at = this.#engine.clock.now();
    const settlement = settlementOf(decision, at);
    if (!(await this.ledger.settle(claim, endingOf(settlement, at)))) return false;
    this.#course.work.reconciler.isSettled(claim);
    this.#course.cleared({ claim, settlement });
    return true;
  }

  /** Asks the channel about one uncertain recipient; answers the state it is in afterwards. */
  check(claim: Claim): Promise<RecipientState | "notUncertain"> {
    return this.#course.work.reconciler.checkNow(claim);
  }

  /** Puts the pause on disk that could not be recorded when this broke. */
  recordPause = (): Promise<void> => this.#status.record();

  /** Claims nothing more, lets what is in flight settle for at most `graceMs`, and closes; the status stays. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    await this.#course.close(graceMs);
    await this.ledger[Symbol.asyncDispose]();
  }
}
