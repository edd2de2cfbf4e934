/** The stores of one "process" in files, on a disk that may fail, as the program puts them together. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Budgets } from "../../src/domain/accounts/budgets.ts";
import { dayIn } from "./day-in.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { FileContactHistory } from "../../src/storage/files/people/contact-history.ts";
import { createFileLedgerStore } from "../../src/storage/files/ledger/ledger-store.ts";
import { openListStore } from "../../src/storage/files/lists/list-store.ts";
import { openAccountStore } from "../../src/storage/files/accounts/account-store.ts";
import type { SnapshotPolicy } from "../../src/storage/files/ledger/snapshots.ts";
import { putCampaign } from "./engine-bench.ts";
import type { FailingDisk } from "./failing-disk.ts";
import { createMemoryDisk } from "./memory-stores.ts";

/** A snapshot as often as can be: whatever is killed, cut off or opened again meets one. */
export const atEveryTurn: SnapshotPolicy = { leastBytes: 1, timesItsSize: 0, shortBytes: 0 };

export async function openFileStores(
  dataDir: string,
  disk: Pick<FailingDisk, "beforeWrite" | "openFile">,
  clock: Pick<Clock, "now">,
) {
  const { beforeWrite, openFile } = disk;
  const campaigns = await openCampaignStore(dataDir, { beforeWrite });
  const accounts = await openAccountStore(join(dataDir, "accounts.json"), {
    beforeWrite,
    onProblem: (error) => {
      throw error;
    },
  });
  const folder = join(dataDir, "campaigns");
  const lists = await openListStore(dataDir, { clock });
  const ledgers = createFileLedgerStore({
    folder,
    budgets: new Budgets(dayIn("UTC")),
    clock,
    owner: "this process",
    beforeWrite,
    openFile,
    testSends: {
      debit: () => Promise.resolve("debited"),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    joining: { lists, campaigns },
    campaign: (id) => campaigns.stored(id),
    snapshots: atEveryTurn,
    suppression: { reasonFor: () => undefined },
    contacts: new FileContactHistory({ folder, campaigns: () => campaigns.all() }),
  });
  return { campaigns, ledgers, accounts, lists };
}

/** Puts the list of a campaign to `p0`, `p1`, … into a data folder and answers the campaign, which is not saved yet. */
export async function putListFile(dataDir: string, names: number, id = "spring"): Promise<Campaign> {
  const campaign = { ...putCampaign(createMemoryDisk(), { names }), id };
  const folder = join(dataDir, "campaigns", campaign.id);
  await mkdir(folder, { recursive: true });
  const lines = Array.from({ length: names }, (_, index) => `${JSON.stringify([`p${index}`])}\n`);
  await writeFile(join(folder, "list-001.jsonl"), lines.join(""));
  const list = { file: "list-001.jsonl", count: names, columns: [], origin: "test", importedAt: 0 };
  return { ...campaign, lists: [list] };
}
