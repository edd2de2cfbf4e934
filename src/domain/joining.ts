/** People who join a campaign that is there already. Pure; nothing else of it changes, and what it keeps is never lost. */
import { joinedAsApproved } from "./approval.ts";
import { isUnderWay } from "./campaign-status.ts";
import type { Campaign, CampaignList } from "./campaign.ts";

export interface Joining {
  /** The people. Named as the list that {@link growingList} answers they go on it, else they are one of their own. */
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
  const { revisions = [], revision: number = 0 } = campaign;
  const joined: Campaign = {
    ...campaign,
    ...consentAfter(campaign, word),
    lists: listsWith(campaign, list),
    // Of one that stands, names join all the time.
    ...(campaign.standing ? {} : { revisions: [...revisions, { number, at, by, what: ["names"] }] }),
    startedWith: listId,
  };
  return (asApproved && joinedAsApproved(campaign)(joined)) || joined;
}

/**
 * The list on which people go who join in this way: of a campaign that stands, so that its document stays as short however
 * many come one by one. Undefined: they are a list of their own.
 */
export function growingList(
  { standing, lists }: Pick<Campaign, "standing" | "lists">,
  { columns, origin, through }: Pick<CampaignList, "columns" | "origin" | "through">,
): CampaignList | undefined {
  const last = lists.at(-1);
  if (!standing || !last?.grows || last.corrections) return undefined;
  if (last.origin !== origin || last.through !== through) return undefined;
  const isAlike =
    last.columns.length === columns.length && last.columns.every((one, at) => one === columns[at]);
  return isAlike ? last : undefined;
}

/** How many people are on a campaign's lists. */
export function peopleOn({ lists }: Pick<Campaign, "lists">): number {
  return lists.reduce((sum, { count }) => sum + count, 0);
}

function listsWith(campaign: Campaign, list: CampaignList): readonly CampaignList[] {
  const { lists, standing } = campaign;
  const growing = growingList(campaign, list);
  if (growing && growing.file === list.file)
    return [...lists.slice(0, -1), { ...growing, count: growing.count + list.count }];
  return [...lists, standing ? { ...list, grows: true } : list];
}

/** Another word on where the permission comes from, and whose it is; those before are kept. */
export function consentAfter(
  { consent, earlierConsents = [] }: Campaign,
  { statement, by, at }: Omit<Joining, "list" | "listId" | "asApproved">,
): Pick<Campaign, "consent" | "earlierConsents"> | Record<string, never> {
  if (statement === undefined || (statement === consent.statement && by === consent.by)) return {};
  return { consent: { statement, by, at }, earlierConsents: [...earlierConsents, consent] };
}
