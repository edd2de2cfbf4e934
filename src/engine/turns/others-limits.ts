/** Accounts whose turns other processes take: until when their limits keep them, which nobody is told by a claim here. */
import type { LimitedAccount } from "../../storage/ports/ledger.ts";
import { ratesOf } from "../accounts/rates-of.ts";
import type { SendingParts } from "./sending-parts.ts";

/** `until`: ms since the epoch, `now` or earlier where they don't. `isPaced`: it is the campaign's own speed. */
export interface OthersLimit {
  readonly until: number;
  readonly isPaced: boolean;
}

export type OthersLimits = ReadonlyMap<string, OthersLimit>;

/** By account; there are none, and nothing is asked, where one process does everything. */
export async function othersLimits(
  { pool, ledger, channel, clock }: Pick<SendingParts, "pool" | "ledger" | "channel" | "clock">,
  accounts: readonly Omit<LimitedAccount, "rates">[],
): Promise<OthersLimits> {
  const others = accounts.filter(({ account }) => !pool.holding.has(account));
  if (others.length === 0) return new Map();
  const asked = others.map((one) => ({ ...one, rates: ratesOf(channel, one.account) }));
  const waits = await ledger.limitWaits(asked);
  const now = clock.now();
  return new Map(
    others.map(({ account }, nth) => {
      const { freeInMs = 0, isPaced = false } = waits[nth] ?? {};
      return [account, { until: now + freeInMs, isPaced }];
    }),
  );
}
