/** Why somebody may not be written to, by what is known of them; the rules and their order are those of every ledger. */
import type { Skip } from "../../../domain/recipient.ts";
import { isOtherPerson } from "../../../domain/recipient.ts";
import { isHeard, unheardUntil } from "../../../domain/people/hearing.ts";
import { skipReasonOf, suppressionReasons } from "../../../domain/people/suppression.ts";
import type { NameFacts, RecipientFacts, Rules } from "./facts.ts";

const DAY_MS = 24 * 3_600_000;

/** @param at ms since the epoch. Undefined: they may. */
export function whyNot(facts: RecipientFacts, rules: Rules, at: number): Skip | undefined {
  const { recipient, person, isEarlier, isErased, writtenTo, firstPerson, names } = facts;
  if (isEarlier) return { reason: "earlierCheckpoint" };
  for (const name of names) {
    const skip = listed(name) ?? (isErased ? { reason: "erased" } : ruled(name, rules, at));
    if (skip) return skip;
  }
  if (isOtherPerson(firstPerson ?? undefined, person)) return { reason: "otherPerson" };
  if (person.hasLeft) return { reason: "optedOut" };
  return writtenTo === null || writtenTo === recipient.ordinal ? undefined : { reason: "duplicate" };
}

function listed({ listed: why }: NameFacts): Skip | undefined {
  if (why === null) return undefined;
  const reason = suppressionReasons.find((one) => one === why);
  return { reason: reason ? skipReasonOf(reason) : "erased" };
}

function ruled({ answeredAt, excludedBy, contacted }: NameFacts, rules: Rules, at: number): Skip | undefined {
  const { followsUp, notWithinDays } = rules;
  if (followsUp && answeredAt !== null && answeredAt >= followsUp.since) return { reason: "answered" };
  if (excludedBy !== null) return { reason: "otherCampaign", by: excludedBy };
  if (notWithinDays === undefined || !contacted || contacted.at <= at - notWithinDays * DAY_MS)
    return undefined;
  const { by } = contacted;
  // The message that it follows is its own first one; before that one the rule held already.
  if (followsUp && (by === followsUp.campaignId || by === followsUp.rootId)) return undefined;
  return { reason: "contactedLately", by };
}

/**
 * Until when somebody is left out because what they may have answered is not read, and whose inboxes must be read first.
 * @param since What was written before then must be known, ms since the epoch
 */
export function leftOut(
  { names }: RecipientFacts,
  since: number,
  now: number,
): { readonly until: number; readonly unread: readonly string[] } | undefined {
  const unread = names.flatMap(({ through }) => through ?? []).filter((inbox) => !isHeard(inbox, since, now));
  const until = unheardUntil(unread, since, now);
  if (until === undefined || until <= now) return undefined;
  return { until, unread: unread.map(({ account }) => account) };
}
