/**
 * Runs one campaign: chooses an account, claims the next due recipient, delivers, settles. What is in flight is bounded
 * by a queue, and nothing sleeps while it holds a place there: who must wait goes back to the ledger with a time.
 *
 * A runner is `idle` (made, stopped or finished), `running`, or `starved`: it runs but nobody may send for a good while
 * yet. One leaves `starved` by itself when an account is back.
 */
import PQueue from "p-queue";
import type { Claim, Settlement } from "../domain/journal.ts";
import { limitsOf } from "../domain/accounts/limits.ts";
import { transitionOf } from "../domain/transitions.ts";
import { settledInOutage, verdict } from "../domain/verdict.ts";
import type { ClaimRequest } from "../storage/stores.ts";
import type { Turn } from "./account-pool.ts";
import { Aftermath } from "./aftermath.ts";
import { Deadlines } from "./deadlines.ts";
import { chooseAccount } from "./choose-account.ts";
import { LookAhead } from "./look-ahead.ts";
import { ratesOf, toldLimits } from "./rates-of.ts";
import { requestFor } from "./request-for.ts";
import type { Wait } from "./runner-event.ts";
import type { RunnerParts } from "./runner-parts.ts";
import type { SendOnceParts } from "./send-once.ts";
import { sendOnce } from "./send-once.ts";
import { whyUnfit } from "./why-unfit.ts";

/** A wait for an account at least this long is told to the operator as a pause. */
const STARVED_AFTER_MS = 60_000;

/** Longest sleep before looking again; timers can't count further than some weeks. */
const LONGEST_SLEEP_MS = 3_600_000;

export class CampaignRunner {
  readonly #parts: RunnerParts;
  readonly #queue: PQueue;
  readonly #deadlines: Deadlines;
  readonly #aftermath: Aftermath;
  readonly #lookAhead: LookAhead;
  readonly #known: ClaimRequest["known"];
  readonly #sending: SendOnceParts;
  readonly #caps: ReadonlyMap<string, ReturnType<typeof limitsOf>>;
  readonly #cappedUntil = new Map<string, number>();
  #state: "idle" | "running" | "starved" = "idle";
  /** Nobody is due before then. */
  #noneDueUntil = 0;
  /** Among those who are not due is somebody who may have answered, and it is not read yet. */
  #isUnheard = false;
  /** Counts what may make somebody due, so that an older "nobody is due" is not believed. */
  #changes = 0;
  #turn = 0;
  #alarm: AbortController | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#queue = new PQueue({ concurrency: parts.concurrency });
    this.#deadlines = new Deadlines(parts.clock);
    this.#caps = new Map(parts.accounts.map(({ name, caps }) => [name, limitsOf(caps)]));
    this.#aftermath = new Aftermath({
      ...parts,
      limits: (account) => [...ratesOf(parts.channel, account), ...(this.#caps.get(account) ?? [])],
    });
    this.#lookAhead = new LookAhead({
      ...parts,
      inTime: (ask) => this.#deadlines.run(parts.sendTimeoutMs, ask, () => undefined),
    });
    this.#known = parts.channel.known?.bind(parts.channel);
    this.#sending = {
      ...parts,
      deadlines: this.#deadlines,
      known: this.#known,
      isOn: () => this.#state !== "idle",
    };
  }

  get isRunning(): boolean {
    return this.#state !== "idle";
  }

  /** Somebody is left out until it is known what they answered. */
  get isUnheard(): boolean {
    return this.#isUnheard;
  }

  get inFlight(): number {
    return this.#queue.pending + this.#queue.size;
  }

  /** Moments until which accounts have used their limits up. */
  get cappedUntil(): ReadonlyMap<string, number> {
    return this.#cappedUntil;
  }

  /** Begins to send, or looks again at once when it already does. */
  run(): void {
    if (this.#state === "idle") {
      this.#state = "running";
      this.#aftermath.beginsAnew();
      this.#parts.hearing?.beginsAnew();
    }
    this.lookAgain();
  }

  /** Somebody may have become due or an account may have come back. */
  lookAgain(): void {
    this.#noneDueUntil = 0;
    this.#changes++;
    this.#cappedUntil.clear();
    this.#alarm?.abort();
    this.#pump();
  }

  /** One account may be back, or have a limit free, before its time. */
  freed(account: string): void {
    this.#cappedUntil.delete(account);
    if (this.#state === "idle") return;
    this.#alarm?.abort();
    this.#pump();
  }

  /** Claims nothing more from this moment on; what is in flight still settles. */
  halt(): void {
    this.#state = "idle";
    this.#alarm?.abort();
  }

  /** Resolves when nothing is in flight. */
  async settledAll(): Promise<void> {
    await this.#queue.onIdle();
  }

  /** Halts and waits until all is settled; after `graceMs` the rest is cut off and settles as uncertain. */
  async stop(graceMs: number): Promise<void> {
    this.halt();
    const patience = new AbortController();
    void this.#parts.clock.sleep(graceMs, patience.signal).then(
      () => this.#deadlines.giveUpAll("stoppedBeforeAnswer"),
      () => undefined,
    );
    await this.settledAll();
    patience.abort();
  }

  #pump(): void {
    while (this.#state !== "idle" && this.inFlight < this.#parts.concurrency) {
      const now = this.#parts.clock.now();
      const wait = this.#waitFor(now);
      if (wait.account === undefined) return this.#rest(wait, now);
      const turn = this.#parts.pool.begins(wait.account, now);
      void this.#queue.add(() => this.#keepSending(turn)).then(() => this.#pump());
    }
  }

  /** Sends one message after another while it can: a place in the queue is taken once for many of them. */
  async #keepSending(first: Turn): Promise<void> {
    const { clock, pool } = this.#parts;
    for (let turn: Turn | undefined = first; turn !== undefined;) {
      await this.#attempt(turn);
      if (this.#state === "idle") return;
      const now = clock.now();
      const { account } = this.#waitFor(now);
      turn = account === undefined ? undefined : pool.begins(account, now);
    }
  }

  /** The account whose turn it is, or how long there is none. */
  #waitFor(now: number): Wait & { readonly account?: string } {
    const { pool, accounts } = this.#parts;
    const isHeldUp = pool.channelWait(now).until >= this.#noneDueUntil; // the recipients wait for the service
    if (this.#noneDueUntil > now && !isHeldUp) {
      const cause = this.#isUnheard ? "answers" : "recipients";
      return { until: this.#noneDueUntil, cause, accounts: [] };
    }
    return chooseAccount({ pool, accounts, cappedUntil: this.#cappedUntil, turn: this.#turn++, now });
  }

  /** Sleeps until something may be sent again; ends the campaign when nothing ever will. */
  #rest(wait: Wait, now: number): void {
    // Whoever waits for an account or the service although nobody is left would wait for nothing.
    const { planned, claimed } = this.#parts.ledger.counts();
    if (planned + claimed === 0 || (wait.cause === "recipients" && wait.until === Infinity)) {
      if (this.inFlight === 0) this.#drain();
      return;
    }
    const isLong = wait.cause !== "recipients" && wait.until - now >= STARVED_AFTER_MS;
    if (isLong && this.inFlight === 0) this.#starve(wait);
    this.#alarm?.abort();
    if (wait.until === Infinity) return;
    this.#alarm = new AbortController();
    const sleepMs = Math.min(wait.until - now, LONGEST_SLEEP_MS);
    this.#parts.clock.sleep(sleepMs, this.#alarm.signal).then(
      () => this.#pump(),
      () => undefined,
    );
  }

  #drain(): void {
    const { planned, claimed } = this.#parts.ledger.counts();
    if (planned + claimed > 0) return;
    this.#state = "idle";
    this.#parts.listener.drained();
  }

  #starve(wait: Wait): void {
    if (this.#state === "starved") return;
    this.#state = "starved";
    this.#parts.listener.starved(wait);
  }

  #feed(): void {
    this.#state = "running";
    this.#parts.listener.fed();
  }

  async #attempt(turn: Turn): Promise<void> {
    const { clock, pool } = this.#parts;
    try {
      const claim = this.#state === "idle" ? undefined : await this.#claim(turn.account);
      if (claim) await this.#deliver(claim, turn);
      else pool.didNotAsk(turn, clock.now());
    } catch (error) {
      pool.didNotAsk(turn, clock.now());
      this.#state = "idle";
      this.#parts.listener.broken(error);
    }
  }

  async #claim(account: string): Promise<Claim | undefined> {
    const { ledger, clock, listener, channel, hearing } = this.#parts;
    const looking = this.#lookAhead.take();
    if (looking) await looking;
    if (this.#state === "idle") return undefined;
    const changes = this.#changes;
    const caps = this.#caps.get(account) ?? [];
    const answer = await ledger.claim({
      account,
      caps,
      rates: ratesOf(channel, account),
      at: clock.now(),
      ...(this.#known ? { known: this.#known } : {}),
      ...(hearing ? { unheard: hearing.unheardUntil } : {}),
      ...(channel.manifest.waitsBeforeCall ? { waits: true } : {}),
    });
    this.#lookAhead.used([
      ...(answer.skipped ?? []).map(({ username }) => username),
      ...(answer.kind === "claimed" ? [answer.claim.recipient.username] : []),
    ]);
    if (answer.skipped) for (const one of answer.skipped) listener.skipped(one);
    if (answer.kind === "capped") {
      this.#cappedUntil.set(account, answer.until);
      return undefined;
    }
    if (answer.kind === "noneDue") this.#isUnheard = answer.unheard ?? false;
    if (this.#state === "starved" && !this.#isUnheard) this.#feed();
    if (answer.kind === "claimed") return answer.claim;
    if (changes === this.#changes) this.#noneDueUntil = answer.dueAt ?? Infinity;
    return undefined;
  }

  async #deliver(claim: Claim, turn: Turn): Promise<void> {
    const { channel, clock, policy, random, pool, beforeSend } = this.#parts;
    const request = requestFor(claim, this.#parts);
    const why = whyUnfit(request, channel.manifest);
    if (why !== undefined) {
      pool.didNotAsk(turn, clock.now());
      return this.#settle(claim, { t: "failed", why });
    }
    // A process that was stopped since the claim may wake up when others have settled it.
    beforeSend();
    const limits = toldLimits(channel, claim.account);
    const answer = await sendOnce(this.#sending, claim, request);
    const now = clock.now();
    // Whoever waits by what was assumed of this account looks again by what was told.
    if (toldLimits(channel, claim.account) !== limits) pool.gaveBack(claim.account);
    const judged = verdict(answer, { attempt: claim.attempt, now, policy, random: random() });
    if (this.#aftermath.follows(turn, judged.consequence, answer) === "halt") this.#state = "idle";
    const isOutage = answer.kind === "unavailable" && pool.isOut;
    const settlement = isOutage ? settledInOutage(answer, now) : judged.settlement;
    await this.#settle(claim, settlement, answer.kind === "withdrawn");
  }

  /** @param isQuiet Nothing happened that anybody should hear of */
  async #settle(claim: Claim, settlement: Settlement, isQuiet = false): Promise<void> {
    const { ledger, clock, listener, pool } = this.#parts;
    const isOurs = await ledger.settle(claim, settlement, clock.now());
    if (settlement.t === "planned") {
      this.#changes++;
      this.#noneDueUntil = Math.min(this.#noneDueUntil, settlement.due);
    }
    if (transitionOf(settlement).givesBack) pool.gaveBack(claim.account);
    if (isOurs && !isQuiet) listener.settled({ claim, settlement });
  }
}
