/** Whether a text may take the place of one that people have, where campaigns are approved. Pure. */
import { lacksApproval } from "../approval.ts";
import type { Campaign, CampaignExtras } from "../campaign.ts";
import type { Translation } from "../languages/text-in.ts";
import type { MendedMessage } from "./amendment.ts";

type Mend = Pick<MendedMessage, "text" | "keepsExtras"> & {
  readonly extras?: Beside & { readonly translations?: readonly Translation<Beside>[] };
};

type Beside = Pick<CampaignExtras, "format" | "buttons">;

/** Nobody else has seen another text than the campaign's own, as it stands approved: people are given that one or none. */
export function mayMendInto({ text, keepsExtras, extras }: Mend, campaign: Campaign): boolean {
  if (!campaign.approval) return true;
  if (lacksApproval(campaign) || text !== campaign.message) return false;
  const isSame = (given?: Beside, own?: Beside): boolean =>
    keepsExtras === true || besideText(given) === besideText(own);
  const others = campaign.extras?.translations ?? [];
  return (
    isSame(extras, campaign.extras) &&
    (extras?.translations ?? []).every((given) => {
      const own = others.find(({ language }) => language === given.language);
      return own?.message === given.message && isSame(given.extras, own.extras);
    })
  );
}

function besideText({ format, buttons = [] }: Beside = {}): string {
  return JSON.stringify([format, buttons.map(({ label, url }) => [label, url])]);
}
