import { appendFile, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { putListFile } from "../../../../tests/support/file-stores.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { UnreadableRecordError } from "../../../domain/errors.ts";
import type { Entry } from "../../../domain/journal.ts";
import { FileCampaignReads } from "./campaign-reads.ts";

let folder = "";
let campaign: Campaign;
let isOwned = true;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-reads-"));
  campaign = await putListFile(folder, 4);
  isOwned = true;
});
afterEach(() => rm(folder, { recursive: true }));

const journal = (): string => join(folder, "campaigns/spring/journal.jsonl");

function openReads(): FileCampaignReads {
  return new FileCampaignReads({
    folder: join(folder, "campaigns"),
    campaign: async (id) => (id === campaign.id ? campaign : undefined),
    isOwned: async () => isOwned,
  });
}

function text(...entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

const claim = (r: number, more: { readonly w?: true } = {}): Entry => ({
  t: "claim",
  r,
  a: "one",
  n: 1,
  ...more,
  at: 100 + r,
});
const sent = (r: number): Entry => ({ r, t: "sent", id: `m${r}`, at: 200 + r });

test("a campaign that never began has everybody planned, and looking begins no journal", async () => {
  expect((await openReads().standing("spring"))?.counts).toMatchObject({ planned: 4 });
  expect(await readdir(join(folder, "campaigns/spring"))).toEqual(["list-001.jsonl"]);
});

test("each look sees what was written since the last one, half a line aside", async () => {
  const reads = openReads();
  await writeFile(journal(), text(claim(0)));
  expect((await reads.standing("spring"))?.counts).toMatchObject({ claimed: 1, planned: 3 });
  await appendFile(journal(), `${text(sent(0), claim(1))}{"r":1,"t":"se`);
  expect((await reads.standing("spring"))?.counts).toMatchObject({ sent: 1, claimed: 1, planned: 2 });
  await appendFile(journal(), 'nt","id":"m1","at":201}\n');
  expect((await reads.standing("spring"))?.counts).toMatchObject({ sent: 2, planned: 2 });
});

test("reads nothing twice: what was folded before is not looked at again", async () => {
  const reads = openReads();
  const filler = Array.from({ length: 40 }, (): Entry => ({ t: "checkpoint", names: 1, crc: 1, at: 300 }));
  await writeFile(journal(), text(claim(0), sent(0), ...filler));
  await reads.standing("spring");
  const whole = text(claim(0), sent(0), ...filler);
  await writeFile(journal(), `${whole.replace('"claim"', '"klaim"')}${text(claim(1))}`);
  expect((await reads.standing("spring"))?.counts).toMatchObject({ sent: 1, claimed: 1 });
});

test("a journal that was cut off or replaced is read from its start", async () => {
  const reads = openReads();
  await writeFile(journal(), text(claim(0), sent(0), claim(1), sent(1)));
  await reads.standing("spring");
  await truncate(journal(), text(claim(0), sent(0)).length);
  expect((await reads.standing("spring"))?.counts).toMatchObject({ sent: 1, planned: 3 });
  await writeFile(journal(), text(claim(3), sent(3), claim(2), sent(2), claim(1)));
  expect((await reads.standing("spring"))?.counts).toMatchObject({ sent: 2, claimed: 1, planned: 1 });
});

test("names that joined count from the next look on", async () => {
  const reads = openReads();
  await writeFile(journal(), text(claim(0)));
  await reads.standing("spring");
  const lines = '["q0"]\n["q1"]\n';
  await writeFile(join(folder, "campaigns/spring/list-002.jsonl"), lines);
  const more = { file: "list-002.jsonl", count: 2, columns: [], origin: "test", importedAt: 0 };
  const before = campaign;
  await appendFile(journal(), text(claim(5)));
  // Looked up a moment before the names joined, and read a moment after.
  let looks = 0;
  const late = new FileCampaignReads({
    folder: join(folder, "campaigns"),
    campaign: async () => (looks++ === 0 ? before : campaign),
    isOwned: async () => true,
  });
  campaign = { ...campaign, lists: [...campaign.lists, more] };
  expect((await late.standing("spring"))?.counts).toMatchObject({ claimed: 2, planned: 4 });
  expect((await reads.standing("spring"))?.counts).toMatchObject({ claimed: 2, planned: 4 });
});

test("telling what open claims will become writes nothing", async () => {
  const reads = openReads();
  await writeFile(journal(), text(claim(0), claim(1, { w: true }), claim(2), sent(2)));
  const { size } = await stat(journal());
  isOwned = false;
  expect(await reads.standing("spring")).toMatchObject({ counts: { uncertain: 1, planned: 2, sent: 1 } });
  for await (const _ of (await reads.results("spring"))?.rows ?? []);
  expect((await stat(journal())).size).toBe(size);
});

test("a line that can't be read is one answer until the file changes", async () => {
  const reads = openReads();
  await writeFile(journal(), `${text(claim(0))}{]\n${text(sent(0))}`);
  const answers = await Promise.all(
    [1, 2, 3].map(() => reads.standing("spring").catch((error: unknown) => error)),
  );
  expect(answers[0]).toBeInstanceOf(UnreadableRecordError);
  expect(answers[0]).toMatchObject({ message: expect.stringContaining("line 2") });
  expect(answers[2]).toBe(answers[0]);
  await writeFile(journal(), text(claim(0), sent(0)));
  expect((await reads.standing("spring"))?.counts).toMatchObject({ sent: 1 });
});

test("how messages went out is read on from where the last look ended, and none counts twice", async () => {
  const reads = openReads();
  expect((await reads.deliveries("spring"))?.stretches).toEqual([]);
  await appendFile(journal(), text(claim(0), sent(0), claim(1)));
  expect((await reads.deliveries("spring"))?.accounts).toMatchObject([{ name: "one", counts: { sent: 1 } }]);
  await appendFile(journal(), text(sent(1)));
  expect((await reads.deliveries("spring"))?.accounts).toMatchObject([{ name: "one", counts: { sent: 2 } }]);
  await writeFile(journal(), text({ ...claim(0), at: 90 }, sent(0)));
  expect((await reads.deliveries("spring"))?.accounts).toMatchObject([{ name: "one", counts: { sent: 1 } }]);
});
