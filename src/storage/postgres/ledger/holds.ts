/** What holds a campaign by what its record says in the transaction that claims. */
import { z } from "zod";
import { lacksApproval } from "../../../domain/approval.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { MOST_NEWEST } from "../../../domain/settings/guard-rails.ts";
import type { Hold } from "../../../domain/settings/holds.ts";
import { holdOn, mayBeHeld } from "../../../domain/settings/holds.ts";
import type { SendPrices } from "../../../domain/settings/spending.ts";
import type { Queryable } from "../database.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { OptOuts } from "./opt-outs.ts";
import type { Tally } from "./tally.ts";

export const faredSchema = z.object({ sent: z.number(), refused: z.number(), failed: z.number() });

/** $1 campaign, $2 state, $3 the last claim that somebody looked at, $4 how many */
const NEWEST = `
select username from (
  select username, at from peyk.recipients
  where campaign_id = $1 and state = $2 and claim_number > $3 order by at desc limit $4) as newest
order by at`;

interface Found {
  readonly now: number;
  readonly tally: Tally;
  readonly fared: z.infer<typeof faredSchema>;
  readonly prices: SendPrices | undefined;
}

export class Holds {
  readonly #optOuts: OptOuts;

  constructor({ optedOut }: Pick<LedgerParts, "optedOut">) {
    this.#optOuts = new OptOuts(optedOut);
  }

  /** @param campaign As it is stored */
  async on(connection: Queryable, campaign: Campaign, found: Found): Promise<Hold | undefined> {
    if (lacksApproval(campaign)) return { kind: "approval" };
    if (!mayBeHeld(campaign)) return undefined;
    const { now, tally, fared, prices } = found;
    if (this.#optOuts.isDue(campaign, fared.sent, now)) await this.#optOuts.look(connection, campaign, now);
    const { counts, charged } = tally;
    const all = { ...fared, optedOut: this.#optOuts.count };
    const hold = holdOn(campaign, { counts, fared: all, charged, prices });
    return hold?.kind === "guardRail"
      ? { ...hold, names: await this.#names(connection, campaign, hold) }
      : hold;
  }

  async #names(
    connection: Queryable,
    { id, guardRails }: Campaign,
    { rule }: Extract<Hold, { kind: "guardRail" }>,
  ): Promise<readonly string[]> {
    if (rule === "optedOut") return this.#optOuts.newest;
    const state = rule === "declined" ? "refused" : "failed";
    const asked = [id, state, guardRails?.looked?.claims ?? 0, MOST_NEWEST];
    const { rows } = await connection.query<{ username: string }>(NEWEST, asked);
    return rows.map(({ username }) => username);
  }
}
