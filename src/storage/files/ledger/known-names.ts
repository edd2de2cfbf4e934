/** The names of a campaign with what became of them, read from its files without opening it. */
import { join } from "node:path";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { RecipientState } from "../../../domain/recipient.ts";
import { JOURNAL_FILE } from "../campaigns/campaign-folders.ts";
import { checkpointPath, namesInOtherSpellings, readCheckpoint } from "./checkpoint.ts";
import { readEarlierNames } from "./earlier-names.ts";
import { openRecipients } from "../lists/recipients-file.ts";
import { readFold } from "./read-fold.ts";

export interface KnownNamesParts {
  /** `data/campaigns`: one folder a campaign. */
  readonly folder: string;
  /** The campaign of that id, for its lists. */
  readonly campaign: (id: CampaignId) => Campaign | undefined;
}

/**
 * Names marked as sent by the checkpoint or the journal of a task id, whether or not a campaign of it is known.
 * @param known What {@link states} answered, for whoever asked that before
 */
export async function sentNames(
  parts: KnownNamesParts,
  id: CampaignId,
  known?: ReadonlyMap<string, RecipientState>,
): Promise<ReadonlySet<string>> {
  const folder = join(parts.folder, id);
  const checkpoint = await readCheckpoint(checkpointPath(folder, id));
  const names = await readEarlierNames(folder);
  for (const name of checkpoint?.names() ?? []) names.add(name);
  for (const name of await namesInOtherSpellings(folder, id)) names.add(name);
  for (const [name, state] of known ?? (await states(parts, id))) if (state === "sent") names.add(name);
  return names;
}

/** Every name in a campaign's lists with what became of it, by the journal; empty for an unknown id. */
export async function states(
  parts: KnownNamesParts,
  id: CampaignId,
): Promise<ReadonlyMap<string, RecipientState>> {
  const found = new Map<string, RecipientState>();
  const campaign = parts.campaign(id);
  if (!campaign) return found;
  const folder = join(parts.folder, id);
  await using recipients = await openRecipients(folder, campaign.lists);
  const { fold } = await readFold(join(folder, JOURNAL_FILE), recipients.size);
  for (let r = 0; r < fold.size; r++) found.set((await recipients.read(r)).username, fold.stateOf(r));
  return found;
}
