/** What endings do, as the statements take it, and the endings of claims whose owner is gone. */
import { z } from "zod";
import { endingKey } from "../../../domain/campaign-event.ts";
import type { CampaignId } from "../../../domain/campaign.ts";
import type { Settlement } from "../../../domain/journal.ts";
import { isSentAgain } from "../../../domain/journal.ts";
import { isLeftUncertain, transitionOf } from "../../../domain/transitions.ts";
import type { RecordedEnding } from "../../ports/ledger.ts";
import type { Queryable } from "../database.ts";
import { SWEEP } from "./claim-sql.ts";

const interrupted = { t: "uncertain", why: "interruptedBeforeRecord" } as const;
const notCalled = {
  t: "planned",
  due: 0,
  free: true,
  why: "interruptedBeforeCall",
  uncalled: true,
} as const;

const sweptSchema = z.object({
  claimId: z.number(),
  username: z.string(),
  account: z.string(),
  settlement: z.object({ t: z.enum(["uncertain", "planned"]), due: z.number().exactOptional() }),
  at: z.number(),
});

/** By the domain's one table of what can happen. */
export function changeOf(settlement: Settlement) {
  return {
    ...transitionOf(settlement),
    isSentAgain: settlement.t === "planned" && isSentAgain(settlement),
    isLeft: isLeftUncertain(settlement),
  };
}

/** Ends the claims of owners who are gone: whose call surely never left is planned again, all others are uncertain. */
export async function sweep(connection: Queryable, id: CampaignId): Promise<readonly RecordedEnding[]> {
  const asked = [interrupted, notCalled].map((ending) =>
    JSON.stringify({ change: changeOf(ending), ending }),
  );
  const { rows } = await connection.query(SWEEP, [id, ...asked]);
  return rows.map((row) => {
    const { claimId, username, account, settlement, at } = sweptSchema.parse(row);
    const ended = settlement.t === "uncertain" ? interrupted : { ...notCalled, due: settlement.due ?? at };
    return { key: endingKey(String(claimId), ended.t), username, account, settlement: ended, at };
  });
}
