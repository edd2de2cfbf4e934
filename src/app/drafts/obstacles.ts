import type { CampaignId } from "../../domain/campaign.ts";
import { namesOfSubscriber } from "../../domain/people/subscriber.ts";
import type { ContactHistory, SubscriberStore, SuppressionStore } from "../../storage/ports/people.ts";

interface Parts {
  readonly suppression: Pick<SuppressionStore, "questions">;
  /** Under which names somebody may be on the do-not-send list. */
  readonly subscribers: Pick<SubscriberStore, "find">;
  readonly contacts: ContactHistory;
}

/** A campaign's rules on whom others wrote to. */
export interface ContactRule {
  readonly channel: string;
  readonly notWithinDays?: number | undefined;
  readonly excludes?: readonly CampaignId[] | undefined;
}

export type Obstacle = "suppressed" | "contactedLately" | "otherCampaign";

const DAY_MS = 24 * 3_600_000;

/**
 * Makes the question why a campaign would skip a name now. Lists and plans count by it; the ledger asks again right
 * before each claim, and its word is the one that binds.
 */
export async function obstaclesNow(
  { suppression, contacts, subscribers }: Parts,
  id: CampaignId,
  { rule, now }: { readonly rule: ContactRule | undefined; readonly now: number },
): Promise<(username: string) => Promise<Obstacle | undefined>> {
  const days = rule?.notWithinDays;
  const since = now - (days ?? 0) * DAY_MS;
  const recent = rule && days !== undefined ? await contacts.since(rule.channel, since) : undefined;
  const suppressedFor = await suppression.questions();
  const others = await Promise.all((rule?.excludes ?? []).map((other) => contacts.writtenBy(other)));
  return async (username) => {
    const person = rule?.channel === "telegram" ? await subscribers.find(username) : undefined;
    const names = new Set([username, ...(person ? namesOfSubscriber(person) : [])]);
    const any = (holds: (name: string) => boolean): boolean => [...names].some(holds);
    if (any((name) => suppressedFor(name) !== undefined)) return "suppressed";
    if (others.some((isWrittenTo) => any(isWrittenTo))) return "otherCampaign";
    return any((name) => (recent?.latest(name, id) ?? -Infinity) > since) ? "contactedLately" : undefined;
  };
}
