/** The accounts of every channel, and the scheduler by which they take their turns together, whichever campaigns they serve. */
import type { Channel } from "../../channels/channel.ts";
import type { AccountStore } from "../../storage/ports/accounts.ts";
import type { EngineParts } from "../engine-parts.ts";
import { Scheduler } from "../turns/scheduler.ts";
import { sayUnlessAway } from "../../storage/ports/away.ts";
import { AccountPool } from "./account-pool.ts";
import { HeldAccounts } from "./held-accounts.ts";
import { StandingWriter } from "./standing-writer.ts";

export class ChannelPools {
  readonly #parts: EngineParts;
  readonly #pools = new Map<string, Promise<AccountPool>>();
  readonly #schedulers = new Map<string, Scheduler>();
  readonly #writers: StandingWriter[] = [];
  readonly #held: HeldAccounts[] = [];

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  pool(channel: string): Promise<AccountPool> {
    const pool = this.#pools.get(channel) ?? this.#open(channel);
    this.#pools.set(channel, pool);
    return pool;
  }

  scheduler({ manifest: { name, sendsAtOnce = Infinity } }: Channel, pool: AccountPool): Scheduler {
    const { clock, concurrency } = this.#parts;
    let scheduler = this.#schedulers.get(name);
    if (!scheduler) {
      scheduler = new Scheduler({ pool, clock, atOnce: sendsAtOnce, most: concurrency });
      this.#schedulers.set(name, scheduler);
    }
    return scheduler;
  }

  /** Asks for no account's turns any more; resolves when all that was asked to be kept of the accounts is. */
  async close(): Promise<void> {
    await Promise.all(this.#held.map((held) => held.close()));
    await Promise.all(this.#writers.map((writer) => writer.idle()));
  }

  async #open(channel: string): Promise<AccountPool> {
    const { breakerPolicy, clock, log, accounts: store } = this.#parts;
    if (!store) return new AccountPool({ breakerPolicy });
    const onProblem = (error: unknown) =>
      sayUnlessAway(error, () => log.error(`how the accounts stand was not kept: ${String(error)}`));
    const changed = new StandingWriter({ store, channel, clock, onProblem });
    this.#writers.push(changed);
    const remembered = await store.read(channel);
    const shared = this.#sharedWith(channel, { store, writer: changed });
    return new AccountPool({ breakerPolicy, remembered, now: clock.now(), changed, ...shared });
  }

  /** What there is where other processes take turns too. */
  #sharedWith(channel: string, { store, writer }: Shared) {
    const { duties, clock, channels } = this.#parts;
    if (!duties) return undefined;
    const knows = async (account: string): Promise<boolean> =>
      ((await channels.get(channel)?.accounts()) ?? []).some(({ name }) => name === account);
    const hearOthers = async (): Promise<void> => {
      const pool = await this.pool(channel);
      pool.hears(await store.read(channel), clock.now());
    };
    const takeIn = async (account: string, isKnown: boolean): Promise<void> => {
      await hearOthers();
      if (isKnown) (await this.pool(channel)).isHere(account);
    };
    const kept = (): Promise<void> => writer.idle();
    const holding = new HeldAccounts({ duties, channel, knows, takeIn, clock, kept });
    this.#held.push(holding);
    return { hearOthers, holding };
  }
}

interface Shared {
  readonly store: AccountStore;
  readonly writer: StandingWriter;
}
