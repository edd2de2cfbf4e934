/**
 * The accounts of one channel, shared by every campaign that sends through it: how each fares, at what pace it may go,
 * and whether the channel as a whole lets anybody send. Promises that the trouble of one account holds up no other.
 */
import type { AccountHealth } from "../../domain/accounts/account.ts";
import { accountReadyAt, accountRests } from "../../domain/accounts/account.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { BreakerPolicy } from "../../domain/accounts/breaker.ts";
import type { Rate } from "../../domain/accounts/limits.ts";
import type {
  AccountChange,
  AccountStanding,
  ChannelChange,
  ChannelHealth,
} from "../../domain/accounts/channel-health.ts";
import {
  allRestUntil,
  goesAt,
  hasLeft,
  isMended,
  isOut,
  isTakenBack,
  restsUntil,
  wellAccount,
} from "../../domain/accounts/channel-health.ts";
import { AdaptivePace } from "../../domain/accounts/adaptive-pace.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { codeOf } from "../../domain/reasons/reason.ts";
import { UNKNOWN_USE, UnknownUse } from "./unknown-use.ts";
import type { ChannelWait } from "./channel-gate.ts";
import { ChannelGate } from "./channel-gate.ts";
import type { Holding } from "./holding.ts";
import { allHeld } from "./holding.ts";

/** The leave to send once, from the moment it is given; each must be told how it ended. */
export interface Permit {
  readonly account: string;
  /** ms since the epoch */
  readonly at: number;
  readonly generation: number;
}

/** Why an account leaves of which the process that tried it knows nothing. */
const NOT_THERE: ReadonlySet<string> = new Set(["noSuchAccount", "channelNotSetUp"]);

/** How long an account on trial waits for its answer before it tries again, in ms: longer than most answers take. */
const TRIAL_MS = 5000;

export interface AccountPoolParts {
  readonly breakerPolicy: BreakerPolicy;
  /** How the accounts stood when the last process ended, and now. */
  readonly remembered?: ChannelHealth | undefined;
  readonly now?: number;
  /** Whose turns this process takes; absent: everybody's. */
  readonly holding?: Holding;
  /** Takes in how accounts stand whose turns others take; absent: nobody else does. */
  readonly hearOthers?: () => Promise<void>;
  /** Told every change that a restart must know, and whoever else sends through these accounts. */
  readonly changed?: {
    account(name: string, change: AccountChange): void;
    channel(change: ChannelChange): void;
    /** Resolves when all that was told is kept. */
    idle?(): Promise<void>;
  };
}

export class AccountPool {
  readonly #standing = new Map<string, AccountStanding>();
  readonly #paces = new Map<string, AdaptivePace>();
  /** Accounts that are taken for mended until the platform says so, and when each may try (again). */
  readonly #trials = new Map<string, number>();
  readonly #unknown = new UnknownUse();
  #gate: ChannelGate;
  readonly #breakerPolicy: BreakerPolicy;
  readonly holding: Holding;
  readonly hearOthers: AccountPoolParts["hearOthers"];
  readonly #changed: AccountPoolParts["changed"];
  readonly #freed = new Set<(account?: string) => void>();

  constructor(parts: AccountPoolParts) {
    const { breakerPolicy, remembered, now = 0, holding = allHeld, changed } = parts;
    this.hearOthers = parts.hearOthers;
    this.#breakerPolicy = breakerPolicy;
    this.#gate = new ChannelGate(breakerPolicy, remembered);
    this.holding = holding;
    this.#changed = changed;
    for (const [account, standing] of Object.entries(remembered?.accounts ?? {}))
      this.stands(account, standing, now);
  }

  /** Takes an account for as well as others say that it is. */
  stands(account: string, standing: AccountStanding = wellAccount, now: number): void {
    this.#standing.set(account, standing);
    this.#paces.delete(account);
    this.#trials.delete(account);
    if (standing.pace) this.#paces.set(account, new AdaptivePace(standing.pace, now));
    if (standing.isOnTrial) this.#trials.set(account, 0);
  }

  /**
   * Takes in what others say of the channel, of accounts whose turns are not this process's, and, from an operator, that one
   * is mended.
   */
  hears(health: ChannelHealth, now: number): void {
    const names = new Set([...this.#standing.keys(), ...Object.keys(health.accounts)]);
    for (const name of names) {
      const standing = health.accounts[name];
      const isBack = standing?.isOnTrial === true && this.#own(name).kind === "left";
      if (isBack || !this.holding.has(name)) this.stands(name, standing, now);
      if (isBack) this.gaveBack(name);
    }
    // What is under way here would not be of the new one.
    if (!this.holding.hasAny) this.#gate = new ChannelGate(this.#breakerPolicy, health);
    else if (health.rest) this.#gate.rests(health.rest.until, health.rest.why);
  }

  health(account: string): AccountHealth {
    const own = this.#own(account);
    const until = this.#unknown.until(account);
    return until === undefined ? own : accountRests(own, until, UNKNOWN_USE);
  }

  /** How it fares apart from what nobody knows: that is found out anew at every start. */
  #own(account: string): AccountHealth {
    return (this.#standing.get(account) ?? wellAccount).health;
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
    this.#changed?.channel(isOut(undefined));
    for (const listener of this.#freed) listener();
  }

  /** The service took the call: a slowed account gets a little faster, and one on trial is mended. */
  wentWell({ account }: Permit, now: number): void {
    if (this.#trials.delete(account)) {
      this.#change(account, isMended);
      this.gaveBack(account);
    }
    if (this.#paces.get(account)?.speedUp(now)) this.#change(account, goesAt(undefined));
  }

  failed({ generation }: Permit, now: number, why: Reason): void {
    if (this.#gate.failed(generation, now, why)) this.#changed?.channel(isOut(this.#gate.health.outage));
  }

  /** The account came too fast for the `rate` it goes by; of a burst of such answers one counts. */
  slows({ account, at }: Permit, rate: Rate | undefined, now: number): void {
    let pace = this.#paces.get(account);
    if (!pace) this.#paces.set(account, (pace = new AdaptivePace()));
    if (pace.slowDown(rate, at, now)) this.#change(account, goesAt(pace.slowed));
  }

  /** Answers true when this is news: the account was not resting yet when the send began. */
  rests({ account, at }: Permit, until: number, why: Reason): boolean {
    const wasWell = accountReadyAt(this.#own(account), at) <= at;
    return this.#change(account, restsUntil(until, why)) && wasWell;
  }

  /** Answers true unless it had left before. */
  leaves(account: string, trouble: "locked" | "loggedOut", why: Reason): boolean {
    if (this.#own(account).kind === "left") return false;
    return this.#change(account, hasLeft(trouble, why));
  }

  channelRests(until: number, why: Reason): void {
    if (this.#gate.rests(until, why)) this.#changed?.channel(allRestUntil({ until, why }));
  }

  /**
   * The operator says that an account which left is mended: it tries one message at a time until one went well. A rest
   * goes on: it is the platform's word.
   */
  returns(account: string): boolean {
    if (this.#own(account).kind !== "left") return false;
    this.#trials.set(account, 0);
    this.#change(account, isTakenBack);
    this.gaveBack(account);
    return true;
  }

  /** It is known here: where others gave it up because it was not there, it tries again. */
  isHere(account: string): void {
    const own = this.#own(account);
    if (own.kind === "left" && NOT_THERE.has(codeOf(own.why))) this.returns(account);
  }

  /** Resolves when whoever takes the turns of these accounts can know how they stand. */
  async kept(): Promise<void> {
    await this.#changed?.idle?.();
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

  /** Answers false when its health is as it was. */
  #change(account: string, change: AccountChange): boolean {
    const before = this.#standing.get(account) ?? wellAccount;
    const standing = change(before);
    this.#standing.set(account, standing);
    this.#changed?.account(account, change);
    return standing.health !== before.health;
  }
}
