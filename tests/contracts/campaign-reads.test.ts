import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Campaign } from "../../src/domain/campaign.ts";
import { FileCampaignReads } from "../../src/storage/files/campaigns/campaign-reads.ts";
import { putListFile } from "../support/file-stores.ts";
import { campaignReadsContract } from "./campaign-reads.ts";

const lines = (values: readonly unknown[]): string =>
  values.map((one) => `${JSON.stringify(one)}\n`).join("");

campaignReadsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-reads-"));
  const fileOf = (id: string, name: string): string => join(folder, "campaigns", id, name);
  const campaigns = new Map<string, Campaign>();
  let isLiving = true;
  return {
    reads: new FileCampaignReads({
      folder: join(folder, "campaigns"),
      campaign: async (id) => campaigns.get(id),
      isOwned: async () => isLiving,
    }),
    async put(names) {
      const campaign = await putListFile(folder, names, `spring-${campaigns.size}`);
      campaigns.set(campaign.id, campaign);
      return campaign.id;
    },
    write: (id, entries) => appendFile(fileOf(id, "journal.jsonl"), lines(entries)),
    async join(id, names) {
      const campaign = campaigns.get(id);
      const [list] = campaign?.lists ?? [];
      if (!campaign || !list) throw new Error(`${id} was never put there`);
      const file = `list-00${campaign.lists.length + 1}.jsonl`;
      await writeFile(fileOf(id, file), lines(names.map((name) => [name])));
      campaigns.set(id, { ...campaign, lists: [...campaign.lists, { ...list, file, count: names.length }] });
    },
    own: async (isOwned) => void (isLiving = isOwned),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
