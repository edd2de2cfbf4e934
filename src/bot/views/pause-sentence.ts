import type { CampaignView } from "../../app/app.ts";
import type { Words } from "../words.ts";

/** Says why a campaign is paused and what makes it go on; undefined when it is not paused. */
export function pauseSentence(view: CampaignView, words: Words): string | undefined {
  const { pause } = view.campaign;
  if (!pause) return undefined;
  switch (pause.kind) {
    case "operator":
      return words.say("pause-operator");
    case "noAccount":
      return noAccountSentence(view, pause, words);
    case "unavailable":
      return words.say("pause-unavailable", {
        why: words.reason(pause.why),
        moment: words.moment(pause.until),
      });
    case "rejected":
      return words.say("pause-rejected", { why: words.reason(pause.why) });
    case "storage":
      return words.say("pause-storage", { why: words.reason(pause.why) });
  }
}

function noAccountSentence(view: CampaignView, pause: { readonly until?: number }, words: Words): string {
  if (pause.until === undefined) return words.say("pause-noAccount");
  const moment = words.moment(pause.until);
  const limit = sharedDailyLimit(view);
  if (limit === undefined) return words.say("pause-noAccount-until", { moment });
  return words.say("pause-capped", { count: view.campaign.accounts.length, limit, moment });
}

/** The daily limit that every account of the campaign has and has reached; undefined when it is anything else. */
function sharedDailyLimit({ campaign, resting }: CampaignView): number | undefined {
  const limits = new Set(campaign.accounts.map((account) => account.caps.perDay));
  const capped = new Set(resting.filter((one) => one.trouble === "capped").map((one) => one.account));
  const [limit] = limits;
  return limits.size === 1 && campaign.accounts.every(({ name }) => capped.has(name)) ? limit : undefined;
}
