/** Every campaign, a piece each, and task ids of which only names are known that other tools wrote to. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Campaign } from "../../domain/campaign.ts";
import { isCampaignId } from "../../domain/campaign.ts";
import { TroubledError } from "../../lib/trouble.ts";
import { campaignsFolder, loadCampaigns } from "../../storage/files/campaigns/campaign-folders.ts";
import type { Mover, PieceIn, PieceOut } from "../piece.ts";
import { putCampaign } from "./campaign-in.ts";
import { writeCampaign } from "./campaign-out.ts";

const FOLDER = "campaigns";

const IDS = `
select id from peyk.campaigns union select campaign_id from peyk.earlier_names order by 1`;

/** @param now ms since the epoch */
export function campaigns(now: () => number): Mover {
  return {
    async inFolder(dataDir) {
      const known = await readCampaigns(dataDir);
      const ids = (await readdir(campaignsFolder(dataDir)).catch(() => [])).filter(isCampaignId);
      return ids.toSorted().map((id): PieceIn => {
        const from = { id, campaign: known.get(id), folder: join(campaignsFolder(dataDir), id), now: now() };
        return { name: `${FOLDER}/${id}`, fill: (to, tell) => putCampaign(to, from, tell) };
      });
    },
    async inDatabase(database) {
      const { rows } = await database.query<{ id: string }>(IDS);
      return rows.map(({ id }): PieceOut => ({
        name: `${FOLDER}/${id}`,
        write: (from, dataDir, tell) =>
          writeCampaign(from, { id, folder: join(campaignsFolder(dataDir), id), now: now() }, tell),
      }));
    },
  };
}

/** @throws {TroubledError} when one can't be read: what became of its people would be lost on the way */
export async function readCampaigns(dataDir: string): Promise<ReadonlyMap<string, Campaign>> {
  const known = new Map<string, Campaign>();
  for (const one of await loadCampaigns(dataDir, () => undefined)) {
    if ("problem" in one)
      throw new TroubledError(`${one.id} can't be read, so it can't be moved: ${one.problem.message}`, {
        code: "moveCampaigns",
        with: { id: one.id, path: campaignsFolder(dataDir) },
      });
    known.set(one.id, one.document.get());
  }
  return known;
}
