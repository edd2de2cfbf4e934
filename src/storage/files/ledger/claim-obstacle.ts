/** Who may not be written to, as a campaign's own rules and the do-not-send list say. */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Skip } from "../../../domain/recipient.ts";
import type { ContactHistory } from "../../ports/people.ts";
import type { BindingList } from "../people/suppression-store.ts";

/** Why somebody may not be written to at that moment. */
export type Obstacle = (username: string, at: number) => Skip | undefined;

interface Parts {
  readonly suppression: BindingList;
  readonly contacts: ContactHistory;
}

const DAY_MS = 24 * 3_600_000;

/** Makes the question that is asked right before each claim, so it costs next to nothing. */
export async function obstacleFor(parts: Parts, campaign: Campaign, at: number): Promise<Obstacle> {
  const { suppression } = parts;
  const rules = [await excluded(parts, campaign), await contactedLately(parts, campaign, at)];
  const asked = rules.filter((rule) => rule !== undefined);
  return (username, now) => {
    const reason = suppression.reasonFor(username);
    if (reason !== undefined) return { reason };
    for (const rule of asked) {
      const skip = rule(username, now);
      if (skip) return skip;
    }
    return undefined;
  };
}

async function excluded({ contacts }: Parts, { excludes = [] }: Campaign): Promise<Obstacle | undefined> {
  if (excludes.length === 0) return undefined;
  const others = await Promise.all(
    excludes.map(async (by) => ({ by, isWrittenTo: await contacts.writtenBy(by) })),
  );
  return (username) => {
    const other = others.find(({ isWrittenTo }) => isWrittenTo(username));
    return other && { reason: "otherCampaign", by: other.by };
  };
}

async function contactedLately(
  { contacts }: Parts,
  { id, channel, notWithinDays }: Campaign,
  at: number,
): Promise<Obstacle | undefined> {
  if (notWithinDays === undefined) return undefined;
  const lookBackMs = notWithinDays * DAY_MS;
  const recent = await contacts.since(channel, at - lookBackMs);
  return (username, now) => {
    if ((recent.latest(username, id) ?? -Infinity) <= now - lookBackMs) return undefined;
    const by = recent.latestFrom(username, id);
    return { reason: "contactedLately", ...(by === undefined ? {} : { by }) };
  };
}
