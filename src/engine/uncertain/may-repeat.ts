import type { Campaign } from "../../domain/campaign.ts";
import type { Channel } from "../../channels/channel.ts";
import type { Claim } from "../../domain/journal.ts";
import { limitsOf } from "../../domain/accounts/limits.ts";
import type { Ledger } from "../../storage/ports/ledger.ts";
import type { AccountPool } from "../accounts/account-pool.ts";
import type { EngineParts } from "../engine-parts.ts";
import { ratesOf } from "../accounts/rates-of.ts";

export interface RepeatContext {
  readonly engine: Pick<EngineParts, "clock" | "ledgers" | "isAtRest">;
  readonly campaign: Campaign;
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly pool: AccountPool;
}

/**
 * Tells whether an uncertain send may be made again under its dedup key, and debits it then.
 *
 * A message that never arrived is delivered by that, so it needs all that a claim needs: the campaign runs, the person
 * may still be written to, the account is well, and its limits have room for one more.
 */
export async function mayRepeat(claim: Claim, context: RepeatContext): Promise<boolean> {
  const { engine, campaign, ledger, channel, pool } = context;
  const { account, recipient } = claim;
  const at = engine.clock.now();
  const sender = campaign.accounts.find(({ name }) => name === account);
  const isReady = pool.readyAt(account, at) <= at && pool.channelWait(at).until <= at;
  const mayGo = campaign.status === "running" && engine.isAtRest !== true && isReady;
  if (!sender || !mayGo || !(await ledger.mayRepeat(claim))) return false;
  const debited = await engine.ledgers.debitTestSend({
    channel: campaign.channel,
    account,
    username: recipient.username,
    caps: limitsOf(sender.caps),
    rates: ratesOf(channel, account),
  });
  // Somebody may have opted out, or the operator decided, while that was written.
  return debited === "debited" && (await ledger.mayRepeat(claim));
}
