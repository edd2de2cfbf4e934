/**
 * The accounts of one channel, shared by every campaign that sends through it: how each fares, at what pace it may go,
 * and whether the channel as a whole lets anybody send. Promises that the trouble of one account holds up no other.
 */
import type { AccountHealth } from "../../domain/accounts/account.ts";
import { accountReadyAt, accountRests, activeAccount } from "../../domain/accounts/account.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { BreakerPolicy } from "../../domain/accounts/breaker.ts";
import type { Rate } from "../../domain/accounts/limits.ts";
import type { RememberedHealth, ChannelHealth } from "../../domain/accounts/channel-health.ts";
import { AdaptivePace } from "../../domain/accounts/adaptive-pace.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { UNKNOWN_USE, UnknownUse } from "./unknown-use.ts";
import type { ChannelWait } from "./channel-gate.ts";
import { ChannelGate } from "./channel-gate.ts";

/** The leave to send once, from the moment it is given; each must be told how it ended. */
export interface Permit {
  readonly account: string;
  /** ms since the epoch */
  readonly at: number;
  readonly generation: number;
}

/** How long an account on trial waits for its answer before it tries again, in ms: longer than most answers take. */
const TRIAL_MS = 5000;

export interface AccountPoolParts {
  readonly breakerPolicy: BreakerPolicy;
  /** How the accounts stood when the last process ended, and now. */
  readonly remembered?: ChannelHealth | undefined;
  readonly now?: number;
  /** Called at every change that a restart must know. */
  readonly changed?: () => void;
}

export class AccountPool {
  readonly #health = new Map<string, AccountHealth>();
  readonly #paces = new Map<string, AdaptivePace>();
  /** Accounts that are taken for mended until the platform says so, and when each may try (again). */
  readonly #trials = new Map<string, number>();
  readonly #unknown = new UnknownUse();
  readonly #gate: ChannelGate;
  readonly #changed: () => void;
  readonly #freed = new Set<(account?: string) => void>();

  constructor({ breakerPolicy, remembered, now = 0, changed = () => undefined }: AccountPoolParts) {
    this.#gate = new ChannelGate(breakerPolicy, remembered);
    this.#changed = changed;
    for (const [account, { health, pace }] of Object.entries(remembered?.accounts ?? {})) {
      this.#health.set(account, health);
      if (pace) this.#paces.set(account, new AdaptivePace(pace, now));
    }
  }

  health(account: string): AccountHealth {
    const own = this.#own(account);
    const until = this.#unknown.until(account);
    return until === undefined ? own : accountRests(own, until, UNKNOWN_USE);
  }

  /** How it fares apart from what nobody knows: that is found out anew at every start. */
  #own(account: string): AccountHealth {
    return this.#health.get(account) ?? activeAccount;
  }

  /** When the account may send as far as its health and pace go; its limits are the ledger's affair. */
  readyAt(account: string, now: number): number {
    const pacedAt = this.#paces.get(account)?.readyAt(now) ?? now;
    return Math.max(pacedAt, this.#trials.get(account) ?? now, accountReadyAt(this.health(account), now));
  }

  /** When anybody may send through this channel, and why not sooner. */
  channelWait(now: number): ChannelWait {
    return this.#gate.wait(now);
  }

  /** The service is taken for down: no answer of it is about a single recipient. */
  get isOut(): boolean {
    return this.#gate.isOut;
  }

  /** A send begins: it takes its account's next token, and an open breaker lets it try and no other. */
  begins(account: string, at: number): Permit {
    this.#paces.get(account)?.take(at);
    if (this.#trials.has(account)) this.#trials.set(account, at + TRIAL_MS);
    return { account, at, generation: this.#gate.begins() };
  }

  /** The send never reached the service: nobody was due, say. */
  didNotAsk({ account, generation }: Permit, now: number): void {
    this.#paces.get(account)?.giveBack();
    if (this.#trials.has(account)) this.#trials.set(account, now);
    this.#gate.didNotAsk(generation, now);
  }

  /** The service answered, be it yes or a no of its own. */
  answered({ generation }: Permit): void {
    if (!this.#gate.succeeded(generation)) return;
    this.#changed();
    for (const listener of this.#freed) listener();
  }

  /** The service took the call: a slowed account gets a little faster, and one on trial is mended. */
  wentWell({ account }: Permit, now: number): void {
    if (this.#trials.delete(account)) this.gaveBack(account);
    if (this.#paces.get(account)?.speedUp(now)) this.#changed();
  }

  failed({ generation }: Permit, now: number, why: Reason): void {
    if (this.#gate.failed(generation, now, why)) this.#changed();
  }

  /** The account came too fast for the `rate` it goes by; of a burst of such answers one counts. */
  slows({ account, at }: Permit, rate: Rate | undefined, now: number): void {
    let pace = this.#paces.get(account);
    if (!pace) this.#paces.set(account, (pace = new AdaptivePace()));
    if (pace.slowDown(rate, at, now)) this.#changed();
  }

  /** Answers true when this is news: the account was not resting yet when the send began. */
  rests({ account, at }: Permit, until: number, why: Reason): boolean {
    const wasWell = accountReadyAt(this.#own(account), at) <= at;
    return this.#fares(account, accountRests(this.#own(account), until, why)) && wasWell;
  }

  /** Answers true unless it had left before. */
  leaves(account: string, trouble: "locked" | "loggedOut", why: Reason): boolean {
    if (this.#own(account).kind === "left") return false;
    return this.#fares(account, { kind: "left", trouble, why });
  }

  channelRests(until: number, why: Reason): void {
    if (this.#gate.rests(until, why)) this.#changed();
  }

  /**
   * The operator says that an account which left is mended: it tries one message at a time until one went well. A rest
   * goes on: it is the platform's word.
   */
  returns(account: string): boolean {
    if (this.#own(account).kind !== "left") return false;
    this.#trials.set(account, 0);
    this.#fares(account, activeAccount);
    this.gaveBack(account);
    return true;
  }

  /** What a campaign sent through these accounts can't be read: they rest until nothing of it would count any more. */
  useIsUnknown(campaignId: CampaignId, accounts: readonly string[], until: number): void {
    this.#unknown.put(campaignId, accounts, until);
  }

  /** What the campaign sent is known now. */
  useIsKnown(campaignId: CampaignId): void {
    for (const account of this.#unknown.drop(campaignId)) this.gaveBack(account);
  }

  /** A message debited from the account's budget was surely not sent: a limit may be free again before its time. */
  gaveBack(account: string): void {
    for (const listener of this.#freed) listener(account);
  }

  /** Calls the listener whenever an account may be back before its time; without a name: every one of the channel. */
  onFreed(listener: (account?: string) => void): void {
    this.#freed.add(listener);
  }

  /** What a restart must know at this moment: rests that are over need no remembering. */
  channelHealth(now: number): ChannelHealth {
    const names = new Set([...this.#health.keys(), ...this.#paces.keys()]);
    const accounts: Record<string, RememberedHealth> = {};
    for (const name of names) {
      const health = accountReadyAt(this.#own(name), now) > now ? this.#own(name) : activeAccount;
      const pace = this.#paces.get(name)?.slowed;
      if (health.kind !== "active" || pace) accounts[name] = { health, ...(pace ? { pace } : {}) };
    }
    return { ...this.#gate.health, accounts };
  }

  #fares(account: string, health: AccountHealth): boolean {
    if (this.#own(account) === health) return false;
    this.#health.set(account, health);
    this.#changed();
    return true;
  }
}
