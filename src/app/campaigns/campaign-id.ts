/** Which campaign a task id means: spellings that differ only in case are one id, and where two exist nobody guesses. */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { campaignKey, folderProblem, isCampaignId } from "../../domain/campaign.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";

/** Why a task id names no campaign that could be here: `twoSpellings` when campaigns of both spellings exist already. */
export const campaignIdProblems = ["badTaskId", "device", "dotAtEnd", "twoSpellings"] as const;
export type CampaignIdProblem = (typeof campaignIdProblems)[number];

export type NamedCampaign =
  | { readonly ok: true; readonly id: CampaignId }
  | {
      readonly ok: false;
      readonly problem: CampaignIdProblem;
      /** The spellings that are in use. */
      readonly ids: readonly CampaignId[];
    };

/**
 * Finds the id that a new list, start or checkpoint is for: the spelling that is in use, else the one given, if a folder
 * can have that name everywhere.
 */
export async function nameCampaign(
  campaigns: Pick<CampaignStore, "spellings">,
  given: string,
): Promise<NamedCampaign> {
  if (!isCampaignId(given)) return { ok: false, problem: "badTaskId", ids: [] };
  const ids = await campaigns.spellings(given);
  const [only] = ids;
  if (ids.length > 1) return { ok: false, problem: "twoSpellings", ids };
  if (only !== undefined) return { ok: true, id: only };
  const problem = folderProblem(given);
  return problem ? { ok: false, problem, ids } : { ok: true, id: given };
}

/** Says in English what is wrong with a task id, for the command line and for programs. */
export function idProblemText(
  given: string,
  { problem, ids }: Extract<NamedCampaign, { readonly ok: false }>,
): string {
  const shown = JSON.stringify(given);
  switch (problem) {
    case "badTaskId":
      return (
        `${shown} is no task id. Use 1 to 64 of Latin letters, digits, "_", "-" and ".", ` +
        `beginning with a letter or digit, e.g. spring-news.`
      );
    case "device":
      return `${shown} is taken for a device by Windows. Choose another.`;
    case "dotAtEnd":
      return `${shown} ends with a dot. Choose another.`;
    case "twoSpellings":
      return `${shown}: ${ids.join(" and ")} differ only in upper and lower case. Choose another, or rename the folder of one.`;
  }
}

/** The campaign that is meant: by its very spelling, else by the only one that differs from it in case. */
export function campaignMeant(campaigns: readonly Campaign[], given: string): Campaign | undefined {
  const alike = campaigns.filter(({ id }) => campaignKey(id) === campaignKey(given));
  return alike.find(({ id }) => id === given) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** The id of the campaign that is meant; what means none stays as it was given. */
export async function idMeant(
  campaigns: Pick<CampaignStore, "all" | "get">,
  given: string,
): Promise<CampaignId> {
  if (await campaigns.get(given)) return given;
  return campaignMeant(await campaigns.all(), given)?.id ?? given;
}
