/** Who may not be written to, as a campaign's own rules and the do-not-send list say. */
import type { Campaign } from "../../../domain/campaign.ts";
import type { KnownPerson, Skip } from "../../../domain/recipient.ts";
import type { ContactHistory } from "../../ports/people.ts";
import type { BindingList } from "../people/suppression-store.ts";

/** Why somebody may not be written to at that moment. */
export type Obstacle = (username: string, at: number, personId?: string) => Skip | undefined;

interface Parts {
  readonly suppression: BindingList;
  readonly contacts: ContactHistory;
  readonly answers?: BindingAnswers;
  readonly known?: (channel: string, username: string) => KnownPerson | undefined;
}

/** Answers as they bind this very moment. */
export interface BindingAnswers {
  /** When one of these names or ids last wrote through the channel, ms since the epoch. */
  lastFrom(channel: string, names: readonly string[]): number | undefined;
}

const DAY_MS = 24 * 3_600_000;

/** Makes the question that is asked right before each claim, so it costs next to nothing. */
export async function obstacleFor(parts: Parts, campaign: Campaign, at: number): Promise<Obstacle> {
  const { suppression } = parts;
  const rules = [
    answered(parts, campaign),
    await excluded(parts, campaign),
    await contactedLately(parts, campaign, at),
  ];
  const asked = rules.filter((rule) => rule !== undefined);
  return (username, now, personId) => {
    const reason = suppression.reasonFor(username);
    if (reason !== undefined) return { reason };
    if (personId !== undefined && suppression.hasErased?.(personId)) return { reason: "erased" };
    for (const rule of asked) {
      const skip = rule(username, now);
      if (skip) return skip;
    }
    return undefined;
  };
}

/** A follow-up is for whoever did not answer, whichever campaign or name it was that they answered. */
function answered({ answers, known }: Parts, { channel, followsUp }: Campaign): Obstacle | undefined {
  if (!followsUp) return undefined;
  return (username) => {
    // Where nobody knows what was answered, nobody is written to on a guess.
    if (!answers) return { reason: "answered" };
    const id = known?.(channel, username)?.personId;
    const wroteAt = answers.lastFrom(channel, [username, ...(id === undefined ? [] : [id])]);
    return wroteAt !== undefined && wroteAt >= followsUp.since ? { reason: "answered" } : undefined;
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
  { id, channel, notWithinDays, followsUp }: Campaign,
  at: number,
): Promise<Obstacle | undefined> {
  if (notWithinDays === undefined) return undefined;
  const lookBackMs = notWithinDays * DAY_MS;
  const recent = await contacts.since(channel, at - lookBackMs);
  return (username, now) => {
    if ((recent.latest(username, id) ?? -Infinity) <= now - lookBackMs) return undefined;
    const by = recent.latestFrom(username, id);
    // The message that it follows is its own first one; before that one the rule held already.
    if (followsUp && (by === followsUp.campaignId || by === followsUp.rootId)) return undefined;
    return { reason: "contactedLately", ...(by === undefined ? {} : { by }) };
  };
}
