/** Writes corrections: for each list of a campaign whose people a list given again knows otherwise, a file beside it. */
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CampaignList } from "../../../domain/campaign.ts";
import { columnsOf } from "../../../domain/campaign.ts";
import { syncFolder } from "../../../lib/files/sync-folder.ts";
import { openTextWriter } from "../../../lib/files/text-writer.ts";
import type { ListPlace } from "./corrected-values.ts";
import { joinedColumns } from "../../../domain/known-values.ts";
import { knownAfter } from "./corrected-values.ts";
import { formatRecipient } from "./recipient-line.ts";
import type { CorrectedLists } from "../../../domain/campaign.ts";
import type { GivenCorrection } from "../../../domain/campaign.ts";

interface Correcting {
  /** The campaign's folder. */
  readonly folder: string;
  readonly lists: readonly CampaignList[];
  readonly given: ListPlace;
  readonly about: Omit<GivenCorrection, "listId">;
  readonly beforeWrite: () => void;
}

/** Answers the lists with their new corrections, to be named by a save; until then they count for nothing. */
export async function correctLists({ lists, ...parts }: Correcting): Promise<CorrectedLists> {
  const corrected: CampaignList[] = [];
  let count = 0;
  for (const list of lists) {
    const correcting = { list, file: await freeName(list, parts), ...parts };
    const changed = await correctList(correcting);
    count += changed;
    corrected.push(changed === 0 ? list : withCorrection(correcting));
  }
  return { lists: corrected, count };
}

interface CorrectingOne extends Omit<Correcting, "lists"> {
  readonly list: CampaignList;
  /** Name of the file to be written in the folder. */
  readonly file: string;
}

function withCorrection({ list, file, given, about }: CorrectingOne): CampaignList {
  const { revision, origin, at } = about;
  const columns = joinedColumns(columnsOf(list), given.lists[0]?.columns ?? []);
  const correction = { revision, file, columns, origin, at };
  return { ...list, corrections: [...(list.corrections ?? []), correction] };
}

/** Of two who correct one revision at the same moment neither writes over what the other one is about to name. */
async function freeName(
  { file }: CampaignList,
  { folder, about: { revision } }: Omit<Correcting, "lists">,
): Promise<string> {
  const taken = new Set(await readdir(folder));
  const name = `${file.replace(/\.jsonl$/, "")}-r${revision}`;
  for (let n = 1; ; n++) {
    const free = n === 1 ? `${name}.jsonl` : `${name}-${n}.jsonl`;
    if (!taken.has(free)) return free;
  }
}

/** Writes the file and answers how many are known otherwise; without any there is none. */
async function correctList(correcting: CorrectingOne): Promise<number> {
  const { list, file, folder, given, beforeWrite } = correcting;
  const columns = joinedColumns(columnsOf(list), given.lists[0]?.columns ?? []);
  const path = join(folder, file);
  const unfinished = join(folder, "correction.unfinished");
  let count = 0;
  beforeWrite();
  await using writer = await openTextWriter(unfinished);
  for await (const { username, variables, isCorrected } of knownAfter({ folder, lists: [list] }, given)) {
    if (isCorrected) count++;
    await writer.write(
      formatRecipient(
        username,
        columns.map((column) => variables[column] ?? ""),
      ),
    );
  }
  if (count === 0) {
    await rm(unfinished);
    return 0;
  }
  await writer.finish();
  beforeWrite();
  await rename(unfinished, path);
  await syncFolder(folder);
  return count;
}
