/** The events of how people ended: the same whoever tells them, and whenever. */
import type { CampaignEvent } from "./campaign-event.ts";
import { endingKey } from "./campaign-event.ts";
import type { CampaignId } from "./campaign.ts";
import type { Claim, Settlement } from "./journal.ts";
import type { Ordinal, SkipReason } from "./recipient.ts";

interface Settled {
  readonly claim: Claim;
  readonly settlement: Settlement;
}

interface PassedOver {
  readonly ordinal: Ordinal;
  readonly username: string;
  readonly reason: SkipReason;
  readonly by?: CampaignId;
}

interface Recorded {
  readonly key: string;
  readonly username: string;
  readonly account?: string;
  readonly settlement: Settlement;
  readonly at: number;
}

/** The event of a settlement; built in one piece, because there are tens of thousands a second at times. */
export function settledEvent({ claim, settlement }: Settled, at: number): CampaignEvent {
  const event = {
    kind: "settled" as const,
    campaignId: claim.campaignId,
    at,
    key: endingKey(claim.id, settlement.t),
    username: claim.recipient.username,
    account: claim.account,
    state: settlement.t,
  };
  if (settlement.t === "sent" || settlement.t === "skipped") return event;
  if (settlement.t === "planned") return { ...event, why: settlement.why, due: settlement.due };
  return { ...event, why: settlement.why };
}

/** The event of somebody who was passed over; when and where it was says whoever tells it. */
export function passedOverDetail({ ordinal, ...skipped }: PassedOver) {
  return { kind: "skipped", key: endingKey(`r${ordinal}`, "skipped"), ...skipped } as const;
}

/** The event of an ending that the record has and nobody was told of. */
export function untoldEvent(campaignId: CampaignId, ending: Recorded): CampaignEvent {
  const { key, username, account, settlement, at } = ending;
  const about = { campaignId, at, key, isToldLate: true, username } as const;
  if (settlement.t === "skipped" && account === undefined) {
    const { reason, by } = settlement;
    return { ...about, kind: "skipped", reason, ...(by === undefined ? {} : { by }) };
  }
  const event = { ...about, kind: "settled", account: account ?? "", state: settlement.t } as const;
  if (settlement.t === "sent" || settlement.t === "skipped") return event;
  return { ...event, why: settlement.why, ...(settlement.t === "planned" ? { due: settlement.due } : {}) };
}
