/**
 * The accounts of one channel take their turns: each sends as long as `nextSend` says so, and sleeps until it may again
 * or something changes. An account may have several sends under way; how many is its own affair, whatever the campaigns,
 * and together they have no more than this process gives them.
 *
 * Nothing is remembered from one look to the next, and nothing else runs between a look and the sleep that follows: so
 * whoever changes something only wakes the accounts that it concerns.
 */
import type { CampaignId } from "../../domain/campaign.ts";
import type { CampaignSigns, NextSend, Rest, SendSigns } from "../../domain/next-send.ts";
import { nextSend, restFor, soonerOf } from "../../domain/next-send.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AccountPool, Permit } from "../accounts/account-pool.ts";

/** Longest sleep before looking again; timers can't count further than some weeks. */
const LONGEST_SLEEP_MS = 3_600_000;

export interface SchedulerParts {
  readonly pool: AccountPool;
  readonly clock: Clock;
  /** Sends that one account may have under way. */
  readonly atOnce: number;
  /** Sends that all of them together may. */
  readonly most: number;
}

/** A campaign that sends through accounts of the channel. */
export interface Served {
  readonly id: CampaignId;
  readonly accountNames: readonly string[];
  signs(account: string): CampaignSigns;
  readonly inFlight: number;
  /**
   * Claims somebody for the account that the permit is for, sends, and settles. Never rejects.
   * @param turn Its number among all turns of the channel
   */
  takeTurn(permit: Permit, turn: number): Promise<void>;
  /** An account may have a limit free before its time. */
  isFreed(account: string): void;
  /** What it was told may not be so any more. */
  lookAgain(): void;
  /** Nothing of it is under way and none of its accounts may send for it before then. */
  rests(rest: Rest): void;
}

const busy: NextSend = { kind: "busy" };
const notOurs: NextSend = { kind: "drained" };
/** Queues a microtask for less than `queueMicrotask` costs. */
const soon = Promise.resolve();

interface Account {
  readonly name: string;
  /** The campaigns that send through it now. */
  readonly campaigns: Set<Served>;
  inFlight: number;
  /** It will look as soon as what goes on now is done: several changes in one go are one look. */
  isWoken: boolean;
  /** {@link Scheduler}'s look at it. */
  readonly look: () => void;
  /** Who waits for its last send to be over. */
  readonly whenNone: (() => void)[];
  /** Ends its sleep. */
  sleep?: AbortController | undefined;
}

export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #accounts = new Map<string, Account>();
  /** Accounts that might send if fewer sends were under way, in the order in which they get the next place. */
  readonly #inLine = new Set<Account>();
  #inFlight = 0;
  #turns = 0;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    parts.pool.onFreed((name) => this.#freed(name));
    parts.pool.holding.onGiven((name) => this.#given(name));
    parts.pool.holding.onTaken((name) => this.#taken(name));
  }

  /** Serves a campaign from now on; its accounts look again, also when it was served before. */
  serve(campaign: Served): void {
    for (const name of campaign.accountNames) {
      const account = this.#account(name);
      account.campaigns.add(campaign);
      this.#parts.pool.holding.want(name);
      this.#wake(account);
    }
    if (campaign.accountNames.length === 0) this.#review(campaign);
  }

  /** Serves a campaign no more. */
  leave(campaign: Served): void {
    for (const name of campaign.accountNames) {
      const account = this.#account(name);
      account.campaigns.delete(campaign);
      this.#wake(account);
    }
  }

  /** An account may be back, or have a limit free, before its time; without a name the whole channel. */
  #freed(name?: string): void {
    if (name === undefined) for (const account of this.#accounts.values()) this.#wake(account);
    const account = this.#accounts.get(name ?? "");
    if (!account) return;
    for (const campaign of account.campaigns) campaign.isFreed(account.name);
    this.#wake(account);
  }

  /** Its turns are taken here from now on: what was told of it was perhaps told long ago. */
  #given(name: string): void {
    const account = this.#account(name);
    for (const campaign of account.campaigns) campaign.lookAgain();
    this.#wake(account);
  }

  /** They are no more: resolves when what it has under way has settled. */
  async #taken(name: string): Promise<void> {
    const account = this.#account(name);
    this.#wake(account);
    while (account.inFlight > 0) await new Promise<void>((resolve) => account.whenNone.push(resolve));
  }

  #account(name: string): Account {
    const known = this.#accounts.get(name);
    if (known) return known;
    const look = (): void => this.#look(account);
    const account: Account = { name, campaigns: new Set(), inFlight: 0, isWoken: false, look, whenNone: [] };
    this.#accounts.set(name, account);
    return account;
  }

  #wake(account: Account): void {
    if (account.isWoken) return;
    account.isWoken = true;
    void soon.then(account.look);
  }

  /** Sends as long as it may, then sleeps until it may again. */
  #look(account: Account): void {
    account.isWoken = false;
    account.sleep?.abort();
    account.sleep = undefined;
    let next = this.#next(account);
    for (; next.kind === "send"; next = this.#next(account)) this.#send(account, next.campaign);
    if (next.kind === "wait") this.#sleepUntil(account, next.rest.until);
    if (next.kind === "busy" && this.#inFlight >= this.#parts.most) this.#inLine.add(account);
    this.#callNext();
    for (const campaign of account.campaigns) this.#review(campaign);
  }

  /** A place that is free goes to whoever waits for one longest. */
  #callNext(): void {
    if (this.#inFlight >= this.#parts.most) return;
    for (const account of this.#inLine) {
      this.#inLine.delete(account);
      return this.#wake(account);
    }
  }

  #next(account: Account): NextSend {
    if (!this.#parts.pool.holding.has(account.name)) return notOurs;
    const isFull = account.inFlight >= this.#placesOf(account);
    // Most looks find that out, and need not know anything else.
    return isFull && account.campaigns.size > 0 ? busy : nextSend(this.#signs(account));
  }

  #placesOf({ inFlight }: Account): number {
    const { atOnce, most } = this.#parts;
    return Math.min(atOnce, inFlight + most - this.#inFlight);
  }

  #signs(account: Account): SendSigns {
    const { pool, clock } = this.#parts;
    const { name, inFlight, campaigns } = account;
    const now = clock.now();
    return {
      now,
      channelAt: pool.channelWait(now).until,
      accountAt: pool.readyAt(name, now),
      inFlight,
      atOnce: this.#placesOf(account),
      campaigns: Array.from(campaigns, (campaign) => campaign.signs(name)),
    };
  }

  #send(account: Account, id: CampaignId): void {
    const { pool, clock } = this.#parts;
    for (const campaign of account.campaigns) {
      if (campaign.id !== id) continue;
      const permit = pool.begins(account.name, clock.now());
      account.inFlight++;
      this.#inFlight++;
      void campaign.takeTurn(permit, ++this.#turns).then(() => {
        account.inFlight--;
        this.#inFlight--;
        if (account.inFlight === 0) for (const resolve of account.whenNone.splice(0)) resolve();
        this.#inLine.add(account);
        this.#callNext();
      });
    }
  }

  /**
   * Tells a campaign when nothing of it is under way here and none of its accounts can send for it now, as far as their turns
   * are this process's: how the others fare is said by who has theirs.
   */
  #review(campaign: Served): void {
    if (campaign.inFlight > 0) return;
    const { holding } = this.#parts.pool;
    const names = campaign.accountNames.filter((name) => holding.has(name));
    if (names.length === 0 && campaign.accountNames.length > 0) return;
    let soonest: Rest | undefined;
    for (const name of names)
      soonest = soonerOf(soonest, restFor(this.#signs(this.#account(name)), campaign.signs(name)));
    const rest = soonest ?? { until: Infinity, cause: "account" };
    if (rest.until > this.#parts.clock.now()) campaign.rests(rest);
  }

  #sleepUntil(account: Account, until: number): void {
    const { clock } = this.#parts;
    account.sleep = new AbortController();
    const ms = Math.min(until - clock.now(), LONGEST_SLEEP_MS);
    clock.sleep(ms, account.sleep.signal).then(
      () => this.#wake(account),
      () => undefined,
    );
  }
}
