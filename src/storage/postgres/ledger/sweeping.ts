/** What endings do, as the statements take it, and the endings of claims whose owner is gone. */
import { endingKey } from "../../../domain/campaign-event.ts";
import type { CampaignId } from "../../../domain/campaign.ts";
import { untoldEvent } from "../../../domain/ending-events.ts";
import type { Settlement } from "../../../domain/journal.ts";
import { isSentAgain } from "../../../domain/journal.ts";
import { isLeftUncertain, transitionOf } from "../../../domain/transitions.ts";
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

/** By the domain's one table of what can happen. */
export function changeOf(settlement: Settlement) {
  return {
    ...transitionOf(settlement),
    isSentAgain: settlement.t === "planned" && isSentAgain(settlement),
    isLeft: isLeftUncertain(settlement),
  };
}

/**
 * Ends the claims of owners who are gone: whose call surely never left is planned again, all others are uncertain. Answers how
 * many are.
 */
export async function sweep(connection: Queryable, id: CampaignId): Promise<number> {
  const whose = { key: "", username: "", account: "", at: 0 };
  const asked = [interrupted, notCalled].map((settlement) =>
    JSON.stringify({
      change: changeOf(settlement),
      ending: settlement,
      event: untoldEvent(id, { ...whose, settlement }),
      key: endingKey("", settlement.t),
    }),
  );
  const { rows } = await connection.query<{ kind: Settlement["t"] }>(SWEEP, [id, ...asked]);
  return rows.filter(({ kind }) => kind === "uncertain").length;
}
