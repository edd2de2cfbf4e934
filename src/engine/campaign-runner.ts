/**
 * Runs one campaign: chooses an account, claims the next due recipient, delivers, settles. What is in flight is bounded
 * by a queue, and nothing sleeps while it holds a place there: who must wait goes back to the ledger with a time.
 *
 * A runner is `idle` (made, stopped or finished), `running`, or `starved`: it runs but nobody may send for a good while
 * yet. One leaves `starved` by itself when an account is back.
 */
import PQueue from "p-queue";
import type { Channel, SendRequest } from "../channels/channel.ts";
import type { CampaignAccount } from "../domain/campaign.ts";
import type { Answer } from "../domain/fault.ts";
import type { Claim } from "../domain/journal.ts";
import { limitsOf } from "../domain/limits.ts";
import type { Recipient } from "../domain/recipient.ts";
import type { Consequence, RetryPolicy } from "../domain/verdict.ts";
import { verdict } from "../domain/verdict.ts";
import type { Clock } from "../lib/clock.ts";
import type { Ledger, PassedOver } from "../storage/stores.ts";
import type { AccountPool } from "./account-pool.ts";
import { Deadlines } from "./deadlines.ts";
import type { Settled, Wait } from "./runner-event.ts";
import { chooseAccount } from "./choose-account.ts";

export interface RunnerParts {
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly accounts: readonly CampaignAccount[];
  /** The exact text for one recipient. */
  readonly render: (recipient: Recipient) => string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** Sends in flight at most. */
  readonly concurrency: number;
  /** How long a send may take before it counts as unanswered, in ms. */
  readonly sendTimeoutMs: number;
  readonly listener: RunnerListener;
}

/** What a runner tells whoever runs it. */
export interface RunnerListener {
  settled(settled: Settled): void;
  account(account: string, consequence: Consequence): void;
  /** Somebody was due and may not be written to. */
  skipped(passedOver: PassedOver): void;
  /** Nobody may send until then (infinity: not by itself). */
  starved(wait: Wait): void;
  fed(): void;
  /** Every send would fail alike: the message itself was rejected. */
  rejected(why: string): void;
  /** Nobody is planned or in flight any more. */
  drained(): void;
  /** Something could not be recorded: sending has stopped. */
  broken(error: unknown): void;
}

/** A wait for an account at least this long is told to the operator as a pause. */
const STARVED_AFTER_MS = 60_000;

/** Longest sleep before looking again; timers can't count further than some weeks. */
const LONGEST_SLEEP_MS = 3_600_000;

export class CampaignRunner {
  readonly #parts: RunnerParts;
  readonly #queue: PQueue;
  readonly #deadlines: Deadlines;
  readonly #rates;
  readonly #caps: ReadonlyMap<string, ReturnType<typeof limitsOf>>;
  readonly #cappedUntil = new Map<string, number>();
  #state: "idle" | "running" | "starved" = "idle";
  /** Nobody is due before then. */
  #noneDueUntil = 0;
  /** Counts what may make somebody due, so that an older "nobody is due" is not believed. */
  #changes = 0;
  #turn = 0;
  #alarm: AbortController | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#queue = new PQueue({ concurrency: parts.concurrency });
    this.#deadlines = new Deadlines(parts.clock);
    this.#rates = parts.channel.manifest.publishedLimits;
    this.#caps = new Map(parts.accounts.map(({ name, caps }) => [name, limitsOf(caps)]));
  }

  get isRunning(): boolean {
    return this.#state !== "idle";
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
    if (this.#state === "idle") this.#state = "running";
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
      () => this.#deadlines.giveUpAll("stopped before the answer came"),
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
      this.#begin();
      const { account } = wait;
      void this.#queue.add(() => this.#keepSending(account)).then(() => this.#pump());
    }
  }

  /** Sends one message after another while it can: a place in the queue is taken once for many of them. */
  async #keepSending(first: string): Promise<void> {
    for (let account: string | undefined = first; account !== undefined;) {
      await this.#attempt(account);
      if (this.#state === "idle") return;
      ({ account } = this.#waitFor(this.#parts.clock.now()));
      if (account !== undefined) this.#begin();
    }
  }

  #begin(): void {
    if (this.#state === "starved") this.#feed();
    this.#parts.pool.begins();
  }

  /** The account whose turn it is, or how long there is none. */
  #waitFor(now: number): Wait & { readonly account?: string } {
    if (this.#noneDueUntil > now)
      return { until: this.#noneDueUntil, cause: "recipients", why: "", accounts: [] };
    const { pool, accounts } = this.#parts;
    return chooseAccount({ pool, accounts, cappedUntil: this.#cappedUntil, turn: this.#turn++, now });
  }

  /** Sleeps until something may be sent again; ends the campaign when nothing ever will. */
  #rest(wait: Wait, now: number): void {
    if (wait.cause === "recipients" && wait.until === Infinity) {
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

  async #attempt(account: string): Promise<void> {
    try {
      const claim = this.#state === "idle" ? undefined : await this.#claim(account);
      if (claim) await this.#deliver(claim);
    } catch (error) {
      this.#state = "idle";
      this.#parts.listener.broken(error);
    }
  }

  async #claim(account: string): Promise<Claim | undefined> {
    const { ledger, clock, pool, listener } = this.#parts;
    const changes = this.#changes;
    const caps = this.#caps.get(account) ?? [];
    const answer = await ledger.claim({ account, caps, rates: this.#rates, at: clock.now() });
    if (answer.skipped) for (const one of answer.skipped) listener.skipped(one);
    if (answer.kind === "claimed") return answer.claim;
    pool.didNotAsk(clock.now());
    if (answer.kind === "capped") this.#cappedUntil.set(account, answer.until);
    else if (changes === this.#changes) this.#noneDueUntil = answer.dueAt ?? Infinity;
    return undefined;
  }

  async #deliver(claim: Claim): Promise<void> {
    const { ledger, clock, policy, random, listener } = this.#parts;
    const answer = await this.#send(claim);
    const { settlement, consequence } = verdict(answer, {
      attempt: claim.attempt,
      now: clock.now(),
      policy,
      random: random(),
    });
    this.#suffer(claim.account, consequence);
    const isOurs = await ledger.settle(claim, settlement, clock.now());
    if (settlement.t === "planned") {
      this.#changes++;
      this.#noneDueUntil = Math.min(this.#noneDueUntil, settlement.due);
    }
    if (isOurs) listener.settled({ claim, settlement });
  }

  /** The channel's answer; silence, exceptions and being cut off are all "may have been delivered". */
  async #send(claim: Claim): Promise<Answer> {
    const { channel, render, sendTimeoutMs } = this.#parts;
    const request = requestFor(claim, render);
    try {
      return await this.#deadlines.run(
        sendTimeoutMs,
        (signal) => channel.send(request, signal),
        (why) => ({ kind: "uncertain", why }),
      );
    } catch (error) {
      return {
        kind: "uncertain",
        why: `the channel failed: ${error instanceof Error ? error.name : "unknown"}`,
      };
    }
  }

  #suffer(account: string, consequence: Consequence): void {
    const { pool, clock, listener } = this.#parts;
    if (consequence.kind === "breakerFailure") return pool.failed(clock.now(), consequence.why);
    pool.succeeded();
    switch (consequence.kind) {
      case "none":
        return;
      case "channelRests":
        return pool.channelRests(consequence.until, consequence.why);
      case "accountRests":
        if (pool.rests(account, consequence.until, consequence.why)) listener.account(account, consequence);
        return;
      case "accountLeaves":
        if (pool.leaves(account, consequence.trouble, consequence.why))
          listener.account(account, consequence);
        return;
      case "pauseCampaign":
        this.#state = "idle";
        return listener.rejected(consequence.why);
    }
  }
}

/** The request for a claim; its dedup key is the same for every attempt at this recipient. */
export function requestFor(claim: Claim, render: (recipient: Recipient) => string): SendRequest {
  const { username } = claim.recipient;
  return {
    account: claim.account,
    username,
    text: render(claim.recipient),
    dedupKey: `${claim.campaignId}:${username}`,
  };
}
