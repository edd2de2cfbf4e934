/**
 * Settles uncertain recipients by asking the channel: one that can be read back is read, one that honours a dedup key is
 * asked again with the same key, as far as a new claim would be allowed. What the channel can't tell stays uncertain and
 * is left to the operator.
 */
import { setMaxListeners } from "node:events";
import PQueue from "p-queue";
import type { Channel, ReadBack, SendRequest } from "../../channels/channel.ts";
import type { Looks, Uncertainty } from "../../domain/uncertainty.ts";
import { isBelievedAbsent, nextLookAt, noLooks } from "../../domain/uncertainty.ts";
import type { Claim, Settlement } from "../../domain/journal.ts";
import { endingOf } from "../../domain/journal.ts";
import type { RecipientState } from "../../domain/recipient.ts";
import type { RetryPolicy } from "../../domain/verdict.ts";
import { verdict } from "../../domain/verdict.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Ledger } from "../../storage/ports/ledger.ts";
import type { Holding } from "../accounts/holding.ts";
import { allHeld } from "../accounts/holding.ts";
import type { WorkEvent } from "../work-event.ts";
import { lookedAgain } from "./looked-again.ts";

export interface ReconcilerParts {
  readonly ledger: Ledger;
  readonly channel: Channel;
  /** What was, or would have been, sent for a claim. */
  readonly requestThen: (claim: Claim) => SendRequest;
  readonly clock: Clock;
  readonly policy: RetryPolicy;
  /** Whether this send may be made again under its dedup key, now; debits it when it answers true. */
  readonly mayRepeat: (claim: Claim) => Promise<boolean>;
  /** Whoever takes an account's turns asks what became of its messages; absent: this process. */
  readonly holding?: Holding;
  readonly tell: (event: WorkEvent) => void;
}

/** Somebody who is asked about. */
interface Pursued {
  readonly account: string;
  /** Ends its sleep. */
  readonly ended: AbortController;
  /** Resolves when nothing is asked any more. */
  readonly over: Promise<void>;
}

export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #stopped = new AbortController();
  /** A restart can leave many uncertain at once; the channel is asked about a few at a time. */
  readonly #questions = new PQueue({ concurrency: 4 });
  /** Claims that this process asks about, by their ids. */
  readonly #pursued = new Map<string, Pursued>();
  /** By the same, those that may stand as asked about by this process: while the store is away nobody is given up. */
  readonly #taken = new Map<string, Claim>();
  /** By the same, those of them that are being given up. */
  readonly #givingUp = new Map<string, Promise<void>>();
  /** By the same, what the looks have shown. */
  readonly #looks = new Map<string, Looks>();

  readonly #holding: Holding;
  readonly #forget: readonly (() => void)[];

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
    this.#holding = parts.holding ?? allHeld;
    this.#forget = [
      this.#holding.onGiven(() => this.#takeOnThose()),
      this.#holding.onTaken((account) => this.#leave(account)),
    ];
    // Every uncertain one waits on the one signal, and a restart can leave thousands of them.
    setMaxListeners(0, this.#stopped.signal);
  }

  /** True where the channel can settle anybody at all. */
  get canCheck(): boolean {
    return this.#parts.channel.manifest.readsBack || this.mustRepeat;
  }

  /** True where the channel can only be asked by sending again. */
  get mustRepeat(): boolean {
    const { readsBack, honoursDedupKey } = this.#parts.channel.manifest;
    return honoursDedupKey && !readsBack;
  }

  /** Recipients that are still being asked about. */
  get pending(): number {
    return this.#pursued.size;
  }

  /** Takes on every uncertain one who is not being asked about; whom this process only seems to ask about is given up. */
  async takeOnAll(): Promise<void> {
    await this.#giveUpLeftOver();
    for (const claim of await this.#parts.ledger.uncertain()) this.takeOn(claim);
  }

  /** An account was given to this process: those who are uncertain by it are asked about here. */
  #takeOnThose(): void {
    this.takeOnAll().catch((error: unknown) => this.#parts.tell({ kind: "broken", error }));
  }

  /** Another process asks about those of this account; resolves when nobody here does any more. */
  async #leave(account: string): Promise<void> {
    const those = [...this.#pursued.values()].filter((one) => one.account === account);
    for (const { ended } of those) ended.abort(new Error("another process asks"));
    await Promise.all(those.map(({ over }) => over));
  }

  /** Takes on one uncertain recipient and asks the channel a few times before it is left to the operator. */
  takeOn(claim: Claim): void {
    const { id: key, account } = claim;
    if (!this.canCheck || this.#stopped.signal.aborted || this.#pursued.has(key)) return;
    this.#holding.want(account);
    if (!this.#holding.has(account)) return;
    const ended = new AbortController();
    this.#looks.set(key, { ...this.#looksAt(claim), unanswered: 0 });
    const over = this.#pursueAlone(claim, ended.signal)
      .catch((error: unknown) => {
        if (error !== ended.signal.reason) this.#parts.tell({ kind: "broken", error });
      })
      .finally(() => {
        this.#pursued.delete(key);
        if (this.#pursued.size === 0 && !this.#stopped.signal.aborted) this.#parts.tell({ kind: "drained" });
      });
    this.#pursued.set(key, { account, ended, over });
  }

  /**
   * Asks the channel once, now; answers the state the recipient is in afterwards, or `notUncertain` when somebody else
   * settled it meanwhile.
   */
  async checkNow(claim: Claim): Promise<RecipientState | "notUncertain"> {
    const { ledger, clock, tell } = this.#parts;
    const found = await this.#questions.add(() => this.#ask(claim));
    const settlement = this.#settlementFor(found, claim);
    if (!settlement) {
      this.#note(claim, found);
      return "uncertain";
    }
    if (!(await ledger.settle(claim, endingOf(settlement, clock.now())))) return "notUncertain";
    this.isSettled(claim);
    tell({ kind: "cleared", settled: { claim, settlement } });
    return settlement.t;
  }

  /** Somebody settled it: nobody waits for its next look any more. */
  isSettled({ id }: Claim): void {
    this.#looks.delete(id);
    this.#pursued.get(id)?.ended.abort(new Error("settled"));
  }

  stop(): void {
    this.#stopped.abort(new Error("stopped"));
    for (const forget of this.#forget) forget();
    for (const { ended } of this.#pursued.values()) ended.abort(this.#stopped.signal.reason);
  }

  /** Nobody asks whom another process asks about; whom this one could not give up it may take on again. */
  async #pursueAlone(claim: Claim, ended: AbortSignal): Promise<void> {
    const { ledger } = this.#parts;
    if (this.#taken.has(claim.id)) await this.#giveUp(claim);
    this.#taken.set(claim.id, claim);
    try {
      if (await ledger.pursue(claim)) await this.#pursue(claim, ended);
    } finally {
      await this.#giveUp(claim);
    }
  }

  /** While the store was away nobody could be given up; by now another may have their account, and is to ask. */
  async #giveUpLeftOver(): Promise<void> {
    const leftOver = [...this.#taken.values()].filter(({ id }) => !this.#pursued.has(id));
    await Promise.all(leftOver.map((claim) => this.#giveUp(claim)));
  }

  /** Once at a time: what is late must not end what is begun anew. */
  #giveUp(claim: Claim): Promise<void> {
    const { id } = claim;
    const underWay = this.#givingUp.get(id);
    if (underWay) return underWay;
    const over = this.#parts.ledger
      .giveUp(claim)
      .then(() => void this.#taken.delete(id))
      .finally(() => this.#givingUp.delete(id));
    this.#givingUp.set(id, over);
    return over;
  }

  async #pursue(claim: Claim, ended: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    for (;;) {
      const at = nextLookAt(this.#uncertaintyOf(claim), this.#looksAt(claim), clock.now());
      if (at === undefined) return;
      await clock.sleep(at - clock.now(), ended);
      if ((await this.checkNow(claim)) !== "uncertain") return;
    }
  }

  #uncertaintyOf({ at, attempt }: Claim): Uncertainty {
    const { absentAfterMs = 0 } = this.#parts.channel.manifest;
    return { claimedAt: at, attempt, absentAfterMs };
  }

  #looksAt(claim: Claim): Looks {
    return this.#looks.get(claim.id) ?? noLooks;
  }

  /** Remembers what a look showed that settled nothing. */
  #note(claim: Claim, found: ReadBack | undefined): void {
    const looks = lookedAgain(this.#looksAt(claim), found, this.#parts.clock.now());
    this.#looks.set(claim.id, looks);
    if (found?.kind === "unknown" && found.retryAt !== undefined)
      this.#parts.tell({ kind: "looksAgain", account: claim.account, until: found.retryAt });
  }

  /** Undefined when it may not be asked now. */
  async #ask(claim: Claim): Promise<ReadBack | undefined> {
    const { channel, mayRepeat, requestThen } = this.#parts;
    if (!channel.readBack && !(this.mustRepeat && (await mayRepeat(claim)))) return undefined;
    const request = requestThen(claim);
    try {
      if (channel.readBack)
        return await channel.readBack({ ...request, claimedAt: claim.at }, this.#stopped.signal);
      const answer = await channel.send(request, this.#stopped.signal);
      // Any other answer is about the second call and proves nothing about the first one.
      return answer.kind === "delivered" ? answer : { kind: "unknown", why: answer.why };
    } catch (error) {
      return { kind: "unknown", why: reasonOfError(error) };
    }
  }

  #settlementFor(found: ReadBack | undefined, claim: Claim): Settlement | undefined {
    const { clock, policy } = this.#parts;
    switch (found?.kind) {
      case "delivered":
        return { t: "sent", id: found.messageId };
      case "absent": {
        if (!isBelievedAbsent(this.#uncertaintyOf(claim), this.#looksAt(claim), clock.now()))
          return undefined;
        const context = { attempt: claim.attempt, now: clock.now(), policy, random: 0 };
        return verdict({ kind: "unavailable", why: "didNotArrive" }, context).settlement;
      }
      case "unknown":
      case undefined:
        return undefined;
    }
  }
}
