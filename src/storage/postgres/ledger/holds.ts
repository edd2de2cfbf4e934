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
  readonly tally: Pick<Tally, "counts" | "charged">;
  readonly fared: z.infer<typeof faredSchema>;
  readonly prices: SendPrices | undefined;
}

export class Holds {
  readonly #optOuts: OptOuts;

  constructor({ optedOut }: Pick<LedgerParts, "optedOut">) {
    this.#optOuts = new OptOuts(optedOut);
  }

  /** Makes the count of those who opted out good for {@link on}. @param campaign As it is stored */
  async ready(
    connection: Queryable,
    campaign: Campaign,
    { now, fared }: Pick<Found, "fared"> & { readonly now: number },
  ): Promise<void> {
    if (!mayBeHeld(campaign) || !this.#optOuts.isDue(campaign, fared.sent, now)) return;
    await this.#optOuts.look(connection, campaign, now);
  }

  on(campaign: Campaign, { tally, fared, prices }: Found): Hold | undefined {
    if (lacksApproval(campaign)) return { kind: "approval" };
    if (!mayBeHeld(campaign)) return undefined;
    const { counts, charged } = tally;
    return holdOn(campaign, { counts, fared: { ...fared, optedOut: this.#optOuts.count }, charged, prices });
  }

  /** Names those who broke a rail last. */
  async named(connection: Queryable, campaign: Campaign, hold: Hold): Promise<Hold> {
    return hold.kind === "guardRail"
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
