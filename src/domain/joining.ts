/** People who join a campaign that is there already. Pure; nothing else of it changes, and what it keeps is never lost. */
import { joinedAsApproved } from "./approval.ts";
import { isUnderWay } from "./campaign-status.ts";
import type { Campaign, CampaignList } from "./campaign.ts";

export interface Joining {
  /** The people, as the campaign keeps them from then on. */
  readonly list: CampaignList;
  /** The stored list that they were given as. */
  readonly listId: string;
  /** Whose word it is; as in {@link Consent}. */
  readonly by: string;
  /** Where the permission to write to them comes from; absent: the campaign's own statement stays. */
  readonly statement?: string | undefined;
  /** They are whom an approval of the campaign was given for. */
  readonly asApproved?: true | undefined;
  /** ms since the epoch */
  readonly at: number;
}

/** The campaign with these people behind all others; undefined where nobody may join any more. */
export function joinedBy(
  campaign: Campaign,
  { list, listId, asApproved, ...word }: Joining,
): Campaign | undefined {
  if (!isUnderWay(campaign)) return undefined;
  const { by, at } = word;
  const { lists, revisions = [], revision: number = 0 } = campaign;
  const joined: Campaign = {
    ...campaign,
    ...consentAfter(campaign, word),
    lists: [...lists, list],
    // Of one that stands, names join all the time: their lists say when.
    ...(campaign.standing ? {} : { revisions: [...revisions, { number, at, by, what: ["names"] }] }),
    startedWith: listId,
  };
  return (asApproved && joinedAsApproved(campaign)(joined)) || joined;
}

/** Another word on where the permission comes from, and whose it is; those before are kept. */
export function consentAfter(
  { consent, earlierConsents = [] }: Campaign,
  { statement, by, at }: Omit<Joining, "list" | "listId" | "asApproved">,
): Pick<Campaign, "consent" | "earlierConsents"> | Record<string, never> {
  if (statement === undefined || (statement === consent.statement && by === consent.by)) return {};
  return { consent: { statement, by, at }, earlierConsents: [...earlierConsents, consent] };
}
