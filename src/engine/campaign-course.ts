/**
 * The course of an open campaign: what follows from what its work tells and from where it stands. It sends or not as the
 * status says, is told to its end, and stops where something could not be recorded.
 */
import * as becomes from "../domain/campaign-status.ts";
import type { Campaign } from "../domain/campaign.ts";
import { settledEvent } from "../domain/ending-events.ts";
import type { Hold } from "../domain/settings/holds.ts";
import type { Done } from "../domain/report/deeds.ts";
import { goesOn } from "../domain/may-send.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import { explainedIn, oneMoreUnexplained } from "../domain/unexplained.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";
import { transitionOf } from "../domain/transitions.ts";
import { troubleAbout } from "../lib/trouble.ts";
import type { Passing } from "../storage/ports/away.ts";
import type { Ledger } from "../storage/ports/ledger.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import type { CampaignWork } from "./campaign-work.ts";
import { createCampaignWork } from "./campaign-work.ts";
import { CheckpointWriter } from "./checkpoint-writer.ts";
import type { EngineParts } from "./engine-parts.ts";
import { looksAgain, workDetail } from "./events.ts";
import { Lately } from "./lately.ts";
import type { OpenCampaignParts } from "./open-campaign-parts.ts";
import { openedFor } from "./open-campaign-parts.ts";
import { ScheduledStart } from "./scheduled-start.ts";
import { StatusChanges } from "./status-changes.ts";
import { StoreWait } from "./store-wait.ts";
import type { Settled } from "./turns/settled.ts";
import type { WorkEvent } from "./work-event.ts";

export class CampaignCourse {
  readonly status: StatusChanges;
  readonly start: ScheduledStart;
  readonly work: CampaignWork;
  readonly lately = new Lately();
  readonly #checkpoint: CheckpointWriter;
  readonly #engine: EngineParts;
  readonly #ledger: Ledger;
  readonly #pool: AccountPool;
  readonly #storeWait: StoreWait;
  readonly #tellLooksAgain: (account: string, until: number) => void;
  /** What of the campaign its work is made of. */
  readonly #openedFor: string;
  #isBroken = false;
  #isOutdated = false;
  #isClosed = false;
  /** What its status says is done here. */
  #isTakenUp = false;

  constructor({ engine, campaign, opening, channel, pool, scheduler }: OpenCampaignParts) {
    this.#openedFor = openedFor(campaign);
    this.#engine = engine;
    this.#ledger = opening.ledger;
    this.#pool = pool;
    this.#storeWait = new StoreWait(engine.away);
    this.status = new StatusChanges(campaign, engine);
    this.start = new ScheduledStart({
      engine,
      status: this.status,
      pool,
      go: () => this.go(),
      soon: (action) => this.#soon(action),
    });
    this.work = createCampaignWork({
      engine,
      ledger: opening.ledger,
      channel,
      pool,
      scheduler,
      campaign: () => this.#campaign,
      tell: (event) => this.#hear(event),
    });
    this.#tellLooksAgain = this.status.tellOnce(looksAgain);
    const saved = (names: number): void => this.status.tell({ kind: "checkpointSaved", names });
    this.#checkpoint = new CheckpointWriter(opening.ledger, engine.clock, saved);
  }

  get #campaign(): Campaign {
    return this.status.campaign;
  }

  /** Something could not be recorded: what memory says may be ahead of the disk. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Its claims are others' to settle by now. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  /** What is sent is what it was opened for; else it must be opened anew. */
  get isAsOpened(): boolean {
    return openedFor(this.#campaign) === this.#openedFor;
  }

  /** Takes up what the status says: sends when running or waiting for an account, and pursues everybody uncertain. */
  async takeUp(): Promise<void> {
    this.#isTakenUp = true;
    await this.work.reconciler.takeOnAll();
    if (this.#campaign.status === "cancelled") await this.skipTheRest();
    this.#follow();
  }

  /** It runs by its status from now on. */
  async go(): Promise<void> {
    this.#isTakenUp = true;
    this.lately.meter.reset();
    await this.work.reconciler.takeOnAll();
    this.#run();
  }

  /** A finished campaign has somebody to send to. */
  async takeUpAgain(done?: Done): Promise<boolean> {
    const isUp = await this.status.change(becomes.takenUpAgain, done);
    if (isUp) await this.go();
    return isUp;
  }

  /** Somebody may be due again, also where nobody was left; only where it has been taken up. */
  sendOn(): void {
    if (this.#isTakenUp && goesOn(this.#campaign)) this.#run();
  }

  /** Somebody is due at that moment, ms since the epoch; only where it has been taken up. */
  isDue(at: number): void {
    if (this.#isTakenUp && goesOn(this.#campaign)) this.work.sending.isDue(at);
  }

  /** It is not as it was taken for: goes by what is stored from now on. */
  async takeIn(): Promise<void> {
    const { status } = this.#campaign;
    await this.status.takeIn();
    if (this.#engine.duties && status === "running" && this.status.isWaiting) this.work.sending.waitsToo();
    if (this.#isTakenUp) this.#follow();
    // Who was in flight here when another process skipped all others may be planned again.
    if (this.#campaign.status === "cancelled" && status !== "cancelled")
      this.afterFlight("late ones skipped");
  }

  /** Stops sending before the change is on disk; when it is not for the campaign, sending goes on. */
  async stop(to: becomes.StatusChange, done?: Done): Promise<boolean> {
    if (to(this.#campaign)) this.work.sending.halt();
    const isStopped = await this.status.change(to, done);
    this.#follow();
    return isStopped;
  }

  /** Once nothing is in flight. */
  afterFlight(then: "saved" | "all skipped" | "late ones skipped"): void {
    const work = then === "saved" ? () => this.#checkpoint.save() : () => this.skipTheRest(then);
    void this.work.sending.settledAll().then(() => this.#soon(work));
  }

  /** The end is told by whoever cancelled it. */
  async skipTheRest(which: "all skipped" | "late ones skipped" = "all skipped"): Promise<void> {
    if ((await this.#ledger.counts()).planned > 0) await this.#ledger.cancelAll();
    if (which === "late ones skipped") return;
    await this.#checkpoint.save();
    this.status.tell({ kind: "status", status: "cancelled" });
  }

  /** Somebody uncertain is settled; somebody planned again may need sending to go on, also after the end. */
  cleared(settled: Settled): void {
    this.#engine.emit(settledEvent(settled, this.#engine.clock.now()));
    if (transitionOf(settled.settlement).givesBack) this.#pool.gaveBack(settled.claim.account);
    if (settled.settlement.t !== "planned") return;
    if (this.#campaign.status === "finished") this.#soon(() => this.takeUpAgain());
    else if (this.#campaign.status === "running") this.#run();
    else if (this.#campaign.status === "cancelled") this.afterFlight("all skipped");
  }

  /** Claims nothing more, and lets what is in flight settle for at most `graceMs`; the status stays. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    this.start.stop();
    this.work.forget();
    this.work.reconciler.stop();
    await this.work.sending.stop(graceMs);
    await this.status.idle();
    if (!this.#isBroken && becomes.isUnderWay(this.#campaign))
      await this.#checkpoint.save().catch(() => undefined);
  }

  /** Sends or not as the status says; what was stored for another text or other accounts than it was opened for waits. */
  #follow(): void {
    if (goesOn(this.#campaign) && this.isAsOpened) this.#run();
    else this.work.sending.halt();
    this.start.takeUp();
  }

  #run(): void {
    if (this.#engine.isAtRest !== true) this.work.sending.run(this.status.isWaiting);
  }

  #hear(event: WorkEvent): void {
    const waits = this.#engine.duties ? becomes.waitsAmongMany : becomes.waitsFor;
    switch (event.kind) {
      case "settled":
        return this.#settled(event.settled);
      case "cleared":
        return this.cleared(event.settled);
      case "looksAgain":
        return this.#tellLooksAgain(event.account, event.until);
      case "skipped":
      case "unheard":
      case "account":
        return this.status.tell(workDetail(event));
      case "waits":
        return this.#soon(() => this.status.change(waits(event.pause)));
      case "goesOn":
        return this.#soon(() => this.#goesOn());
      case "closed":
        return this.#soon(() => this.takeIn());
      case "unexplained":
        return this.#engine.duties ? this.#soon(() => this.#countUnexplained(event.why)) : undefined;
      case "rejected":
        return this.#soon(() => this.status.change(becomes.pausedFor({ kind: "rejected", why: event.why })));
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
    if (settlement.t === "uncertain") this.work.reconciler.takeOn(claim);
    this.lately.settled(settled, at);
    this.#engine.emit(settledEvent(settled, at));
    if (this.#keepsCheckpoint) this.#checkpoint.saveIfDue();
  }

  /** Of several processes that send one does. */
  get #keepsCheckpoint(): boolean {
    const [first] = this.#campaign.accounts;
    return first === undefined || this.#pool.holding.has(first.name);
  }

  /** Counted where all see it who send for it; where nobody else does they are counted as they are met. */
  async #countUnexplained(why: Reason): Promise<void> {
    await this.status.count(oneMoreUnexplained(explainedIn(await this.#ledger.counts()), why));
    if (!goesOn(this.#campaign)) this.work.sending.halt();
  }

  async #goesOn(): Promise<void> {
    if (await this.status.change(becomes.goneOn)) await this.work.reconciler.takeOnAll();
  }

  /** It waits for a person's word. */
  async #holds(hold: Hold): Promise<void> {
    if (await this.status.change(becomes.held(hold))) await this.#checkpoint.save();
  }

  async #finishIfThrough(): Promise<void> {
    const { planned, claimed } = await this.#ledger.counts();
    if (planned + claimed > 0) return this.sendOn(); // somebody joined, or is planned again, since
    if (!goesOn(this.#campaign) || this.#campaign.standing || this.work.reconciler.pending > 0) return;
    if ((await this.#ledger.pursued()) > 0) return; // by another process, which ends it when nobody is left
    await this.#checkpoint.save();
    await this.status.change(becomes.finished(this.#engine.clock.now()));
  }

  #break(error: unknown): void {
    const passing = this.#engine.away?.takes(error);
    if (passing) return this.#waitFor(passing);
    this.#isBroken = true;
    this.work.sending.halt();
    this.work.reconciler.stop();
    this.#engine.log.error(troubleAbout(this.#campaign.id, error));
    const pause = becomes.pausedFor({ kind: "storage", why: reasonOfError(error) });
    void this.status.inTurn(() => this.status.changeUnrecorded(pause));
  }

  /** The store refused what passes by itself: nothing is sent until it is back. */
  #waitFor(passing: Passing): void {
    this.work.sending.halt();
    if (passing === "ownerGone") this.#isOutdated = true;
    this.#storeWait.begin(() => {
      if (!this.#isClosed && !this.#isOutdated && this.#isTakenUp) this.#soon(() => this.#takeUpAsStored());
    });
  }

  async #takeUpAsStored(): Promise<void> {
    await this.status.takeIn();
    await this.takeUp();
  }

  /** Takes its turn in the background; what can't be recorded stops the campaign. */
  #soon(action: () => Promise<unknown>): void {
    this.status.inTurn(action).catch((error: unknown) => this.#break(error));
  }
}
