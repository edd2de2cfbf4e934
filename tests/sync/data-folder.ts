/** A data folder written by hand, line by line, as the stores would write it: what a sync reads. */
import { randomUUID } from "node:crypto";
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Entry } from "../../src/domain/journal.ts";
import type { LeadEntry } from "../../src/domain/collecting/lead-entry.ts";
import type { SuppressionChange } from "../../src/domain/people/suppression.ts";

export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  /** Adds a list and saves the campaign. */
  addList(id: string, usernames: readonly string[], change?: Partial<Campaign>): Promise<void>;
  journal(id: string, ...entries: readonly Entry[]): Promise<void>;
  suppress(...changes: readonly SuppressionChange[]): Promise<void>;
  collect(list: string, ...entries: readonly LeadEntry[]): Promise<void>;
}

export async function createDataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), "peyk-sync-"));
  const campaigns = new Map<string, Campaign>();
  await writeFile(join(path, "identity.json"), JSON.stringify({ version: 1, value: { id: randomUUID() } }));
  const append = async (file: string, lines: readonly unknown[]): Promise<void> =>
    appendFile(join(path, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return {
    path,
    async addList(id, usernames, change = {}) {
      const before = campaigns.get(id) ?? newCampaign(id);
      const file = `list-${String(before.lists.length + 1).padStart(3, "0")}.jsonl`;
      const list = { file, count: usernames.length, columns: [], origin: "pasted", importedAt: 1 };
      const campaign = { ...before, lists: [...before.lists, list], ...change };
      campaigns.set(id, campaign);
      const folder = join("campaigns", id);
      await mkdir(join(path, folder), { recursive: true });
      await append(
        join(folder, file),
        usernames.map((name) => [name]),
      );
      const document = JSON.stringify({ version: 1, value: campaign });
      await writeFile(join(path, folder, "campaign.json"), document);
    },
    journal: (id, ...entries) => append(join("campaigns", id, "journal.jsonl"), entries),
    async collect(list, ...entries) {
      await mkdir(join(path, "leads", list), { recursive: true });
      await append(join("leads", list, "leads.jsonl"), entries);
    },
    suppress: (...changes) => append("suppression.jsonl", changes),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

function newCampaign(id: string): Campaign {
  return {
    id,
    createdAt: 1_700_000_000_123,
    channel: "simulator",
    accounts: [{ name: "one", caps: {} }],
    message: "سلام {{username}}",
    lists: [],
    consent: { statement: "they asked", by: "test", at: 1 },
    status: "running",
  };
}
