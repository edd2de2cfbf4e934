/** Finding one person: in twenty campaigns of 50,000 names each, and in one of a million. All were written to. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAskingWho } from "../src/app/people/ask-who.ts";
import { AmendmentFold } from "../src/domain/amending/amendment-fold.ts";
import type { Campaign } from "../src/domain/campaign.ts";
import { StoredAnswers } from "../src/storage/files/answers/stored-answers.ts";
import { createPersonReads } from "../src/storage/files/person/person-reads.ts";
import { entryOf, makeCampaign, nameOf, temporaryFolder, writeLines } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";

export async function benchWho(): Promise<BenchRow[]> {
  return [
    await measured("one person in 20 campaigns of 50,000 names", { campaigns: 20, names: 50_000 }),
    await measured("one person in a campaign of a million names", { campaigns: 1, names: 1_000_000 }),
  ];
}

interface Size {
  readonly campaigns: number;
  readonly names: number;
}

async function measured(name: string, { campaigns: count, names }: Size): Promise<BenchRow> {
  await using folder = await temporaryFolder();
  const home = join(folder.path, "campaigns");
  await mkdir(home);
  const all: Campaign[] = [];
  for (let index = 0; index < count; index++) {
    const id = `bench-${index}`;
    all.push(await makeCampaign(home, id, names));
    await writeLines(
      join(home, id, "journal.jsonl"),
      names * 2,
      (line) => `${JSON.stringify(entryOf(line))}\n`,
    );
  }
  const asking = createAskingWho({
    campaigns: { all: async () => all },
    person: createPersonReads(folder.path, () => Promise.resolve(false)),
    tags: { of: async () => [] },
    amendments: { read: async () => new AmendmentFold() },
    answers: async () => new StoredAnswers(),
    isOpen: () => Promise.resolve(false),
    manifestOf: () => undefined,
    now: () => 0,
  });
  const sought = nameOf(names - 1);
  const floor = await timed(async () => {
    for (const { id, lists } of all)
      for (const file of [lists[0]?.file ?? "", "journal.jsonl"]) await readFile(join(home, id, file));
  });
  const value = await timed(() => asking.who(sought));
  const met = value < 2000;
  return { name, value, unit: "ms", floor, ratio: value / floor, aim: "under 2 s", met };
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await task();
  return Math.round(performance.now() - before);
}
