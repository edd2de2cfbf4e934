/** Looking for one person in the files of a data folder. Each file is read at most as often as there is a question to it. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isCampaignId } from "../../../domain/campaign.ts";
import { applySuppression } from "../../../domain/people/suppression.ts";
import type { Suppression } from "../../../domain/people/suppression.ts";
import { looksWhole, scanLines } from "../../../lib/log/line-scan.ts";
import type { PersonReads } from "../../ports/person-reads.ts";
import { CAMPAIGN_FILE, JOURNAL_FILE, campaignsFolder } from "../campaigns/campaign-folders.ts";
import { SUPPRESSION_FILE, parseSuppressionChange } from "../people/suppression-store.ts";
import { isOneErased } from "../erasing/erased-store.ts";
import { givePerson } from "../erasing/give-person.ts";
import { peopleBehind } from "./behind-names.ts";
import { sightingsOf } from "./on-lists.ts";
import { rowsInCampaign } from "./rows-in-campaign.ts";

/** @param isOwned Whether the process that has claims open lives, and settles them */
export function createPersonReads(dataDir: string, isOwned: () => Promise<boolean>): PersonReads {
  const campaigns = campaignsFolder(dataDir);
  return {
    behind: (sought) => peopleBehind(dataDir, sought),
    inCampaign: (campaign, names, isAtWork = false) =>
      rowsInCampaign({
        folder: join(campaigns, campaign.id),
        campaign,
        names,
        isAtWork: async () => isAtWork || isOwned(),
      }),
    async unreadable(known) {
      const folders: readonly string[] = await readdir(campaigns).catch(() => []);
      const others = folders.filter((name) => isCampaignId(name) && !known.has(name));
      const are = await Promise.all(others.map((id) => isCampaign(join(campaigns, id))));
      return others.filter((_, index) => are[index]);
    },
    suppressed: (names) => suppressedAmong(join(dataDir, SUPPRESSION_FILE), names),
    isErased: (person) => isOneErased(dataDir, person),
    records: (person) => givePerson(dataDir, person),
    onLists: (sought) => sightingsOf(join(dataDir, "leads"), sought),
  };
}

async function isCampaign(folder: string): Promise<boolean> {
  const files: readonly string[] = await readdir(folder).catch(() => []);
  return files.includes(CAMPAIGN_FILE) || files.includes(JOURNAL_FILE);
}

/** A line that can't be read may be about one of them: it is an error, and nobody's name is free. */
async function suppressedAmong(path: string, names: readonly string[]): Promise<readonly Suppression[]> {
  const list = new Map<string, Suppression>();
  await scanLines(path, {
    texts: names.map((name) => `"username":${JSON.stringify(name)}`),
    isWanted: (bytes, start, end) => !looksWhole(bytes, start, end),
    onLine(line) {
      const change = parseSuppressionChange(line);
      if (names.includes(change.username)) applySuppression(list, change);
    },
  });
  return [...list.values()].toSorted((a, b) => b.at - a.at);
}
