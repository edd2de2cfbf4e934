/**
 * What a new campaign goes by that nobody here can know whole: whom campaigns wrote to after the backup that this data was put
 * back from. One that does waits for a person's word, once; see restored.ts.
 */
import type { Campaign, CampaignId } from "./campaign.ts";
import { campaignOfOrigin } from "./list-origin.ts";
import type { Conditions } from "./people/audience.ts";
import type { PutBackFolder } from "./restored-mark.ts";

export interface Beginning {
  readonly campaign: Campaign;
  /** By which its people were chosen; absent: by none. */
  readonly conditions?: Conditions;
  /** Every campaign there is. */
  readonly all: readonly Campaign[];
  readonly folder: PutBackFolder;
}

export const grounds = ["people", "leftOut", "conditions", "first"] as const;
export type Ground = (typeof grounds)[number];

const goesBy: Readonly<Record<Ground, (beginning: Beginning) => boolean>> = {
  /** Its people are those of a campaign: all of them, or those who failed there, were never tried … */
  people: (one) =>
    isAbout(
      one,
      one.campaign.lists.flatMap(({ origin }) => campaignOfOrigin(origin) ?? []),
    ),
  /** Nobody gets it whom a campaign wrote to. */
  leftOut: (one) => isAbout(one, one.campaign.excludes ?? []),
  /** Its people got a campaign or did not, answered it or did not. */
  conditions: (one) => {
    const { got = [], notGot = [], answered = [], notAnswered = [] } = one.conditions ?? {};
    return isAbout(one, [...got, ...notGot, ...answered, ...notAnswered]);
  },
  /**
   * Nothing was begun here before: whoever begins it may have begun the same where the backup came from, those who left since
   * stand here as subscribers, and whom others wrote to lately is not known. The word on it is the word on all of that.
   */
  first: ({ all, campaign, folder }) =>
    !all.some(({ id, createdAt, restored }) => id !== campaign.id && createdAt >= folder.at && !restored),
};

/** Whether one of these was put back, and nobody has said since that it may go on. */
function isAbout({ all }: Beginning, ids: readonly CampaignId[]): boolean {
  return all.some(({ id, restored }) => restored !== undefined && ids.includes(id));
}

/** None: nobody has to be asked. */
export function groundsOf(beginning: Beginning): readonly Ground[] {
  return grounds.filter((one) => goesBy[one](beginning));
}
