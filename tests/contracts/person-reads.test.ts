import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import { FileCampaignReads } from "../../src/storage/files/campaigns/campaign-reads.ts";
import { createPersonReads } from "../../src/storage/files/person/person-reads.ts";
import type { ResultRow } from "../../src/storage/ports/ledger.ts";
import { putListFile } from "../support/file-stores.ts";
import type { PersonReadsHarness } from "./person-reads.ts";
import { personReadsContract } from "./person-reads.ts";

interface FilesHarness extends PersonReadsHarness {
  readonly folder: string;
}

const lines = (values: readonly unknown[]): string =>
  values.map((one) => `${JSON.stringify(one)}\n`).join("");

async function create(): Promise<FilesHarness> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-person-"));
  const fileOf = (name: string): string => join(folder, name);
  let puts = 0;
  let isLiving = true;
  return {
    folder,
    own: async (isOwned) => void (isLiving = isOwned),
    reads: createPersonReads(folder, async () => isLiving),
    async put(names, entries) {
      const campaign = await putListFile(folder, names.length, `spring-${++puts}`);
      const home = fileOf(`campaigns/${campaign.id}`);
      const [list] = campaign.lists;
      if (!list) throw new Error("a campaign has a list");
      await writeFile(join(home, list.file), lines(names.map((name, index) => [name, `value ${index}`])));
      await writeFile(join(home, "corrected.jsonl"), lines(names.map((name) => [name, "", `new ${name}`])));
      await writeFile(join(home, "journal.jsonl"), lines(entries));
      const corrections = [
        { revision: 2, file: "corrected.jsonl", columns: ["city", "code"], origin: "test", at: 1 },
      ];
      return { ...campaign, lists: [{ ...list, columns: ["city"], corrections }] };
    },
    async results(campaign) {
      const stored = new FileCampaignReads({
        folder: fileOf("campaigns"),
        campaign: async () => campaign,
        isOwned: async () => isLiving,
      });
      const rows: ResultRow[] = [];
      for await (const row of (await stored.results(campaign.id))?.rows ?? []) rows.push(row);
      return rows;
    },
    found: (channel, u, id, at) => appendFile(fileOf(`${channel}-people.jsonl`), lines([{ u, id, at }])),
    subscriber: (one) => appendFile(fileOf("subscribers.jsonl"), lines([one])),
    suppression: (one) => appendFile(fileOf("suppression.jsonl"), lines([one])),
    async lead(list, entry) {
      await mkdir(fileOf(`leads/${list}`), { recursive: true });
      await appendFile(fileOf(`leads/${list}/leads.jsonl`), lines([entry]));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

personReadsContract("files", create);

/** A campaign in which ali's message was sent, and the path of its journal. */
async function spoilt(harness: FilesHarness): Promise<{ campaign: Campaign; journal: string }> {
  const campaign = await harness.put(
    ["sara", "ali"],
    [
      { t: "claim", r: 1, a: "one", n: 1, at: 1 },
      { r: 1, at: 2, t: "sent", id: "m1" },
    ],
  );
  return { campaign, journal: join(harness.folder, "campaigns", campaign.id, "journal.jsonl") };
}

test.each([
  ["is no entry at all", "garbage\n"],
  ["was cut off", '{"r":0,"at":3,"t":"sent"\n'],
  ["has lost whom it is about", '{"r":zz,"at":3,"t":"sent","id":"m"}\n'],
  ["is no text", Buffer.from([0xff, 0x0a])],
  ["can't be true of them", '{"t":"claim","r":1,"a":"one","n":1,"at":3}\n'],
])("a journal with a line that %s is told with its place, because it may be about them", async (_, line) => {
  await using harness = await create();
  const { campaign, journal } = await spoilt(harness);
  expect(await harness.reads.inCampaign(campaign, ["ali"])).toMatchObject([{ state: "sent" }]);
  await appendFile(journal, line);
  await expect(harness.reads.inCampaign(campaign, ["ali"])).rejects.toThrow(/journal\.jsonl, line 3/);
});

test("half a line is being written by somebody else, and nobody's", async () => {
  await using harness = await create();
  const { campaign, journal } = await spoilt(harness);
  await appendFile(journal, '{"r":1,"at":3,"t');
  expect(await harness.reads.inCampaign(campaign, ["ali"])).toMatchObject([{ state: "sent" }]);
});

test("a list that lost a line is told, and so is a do-not-send list with a damaged one", async () => {
  await using harness = await create();
  const { campaign } = await spoilt(harness);
  const [list] = campaign.lists;
  await writeFile(join(harness.folder, "campaigns", campaign.id, list?.file ?? ""), lines([["ali"]]));
  await expect(harness.reads.inCampaign(campaign, ["ali"])).rejects.toThrow(/1 recipients where 2/);
  await appendFile(join(harness.folder, "suppression.jsonl"), '"t":"add","username":"al\n');
  await expect(harness.reads.suppressed(["ali"])).rejects.toThrow(/suppression\.jsonl, line 1/);
});

test("a campaign whose document is gone is named, and a folder that holds none is not", async () => {
  await using harness = await create();
  const { campaign } = await spoilt(harness);
  await mkdir(join(harness.folder, "campaigns", "to-come"));
  expect(await harness.reads.unreadable(new Set())).toEqual([campaign.id]);
  expect(await harness.reads.unreadable(new Set([campaign.id]))).toEqual([]);
});
