/** What is wrong with one file of a data folder: each is read as its owner reads it. */
import { lstat, readFile, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { AmendmentFold } from "../../../domain/amending/amendment-fold.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { BrokenDocumentError, NO_DOCUMENT, readDocument } from "../../../lib/files/stored-document.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { thrownBy } from "../../../lib/thrown-by.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { parseAmendmentLine } from "../../ports/documents/amendment-line.ts";
import { parseLeadLine } from "../../ports/documents/lead-line.ts";
import { AMENDMENTS_FILE } from "../amendments/amendment-store.ts";
import { CAMPAIGN_FILE, JOURNAL_FILE, campaignFormat } from "../campaigns/campaign-folders.ts";
import { readCheckpoint } from "../ledger/checkpoint.ts";
import { EARLIER_FILE } from "../ledger/earlier-names.ts";
import { parseEntry } from "../ledger/journal-entry.ts";
import { LEADS_FILE, PAGINATION_FILE, TRACKING_FILE } from "../leads/lead-overview.ts";
import { LIST_FILE, RECIPIENTS_FILE, listFormat } from "../lists/list-files.ts";
import type { RecipientsList } from "../lists/list-sections.ts";
import { openRecipients } from "../lists/recipients-file.ts";
import { eachLine } from "./each-line.ts";

/** @returns What was thrown when it was read; undefined: nothing, or it is gone by now */
export async function problemOf(path: string): Promise<unknown> {
  const found = await thrownBy(() => check(path));
  if (!isGone(found)) return found;
  // The file itself went meanwhile, or one that it names: that may be on its way elsewhere, and a second look tells.
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  return isThere ? thrownBy(() => check(path)) : undefined;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function check(path: string): Promise<void> {
  const name = basename(path);
  if (name === CAMPAIGN_FILE) return checkCampaign(path);
  if (name === LIST_FILE) return checkList(path);
  if (name === EARLIER_FILE || (name.startsWith("task_checkpoint_") && name.endsWith(".json")))
    return void (await readCheckpoint(path))?.names();
  if (name === PAGINATION_FILE || name === TRACKING_FILE) return; // copies in other tools' formats, made anew
  if (name.endsWith(".json")) return checkDocument(path);
  if (name === LEADS_FILE) return checkLeads(path);
  if (name === AMENDMENTS_FILE) return checkAmendments(path);
  if (name === JOURNAL_FILE) {
    await readFile(join(dirname(path), CAMPAIGN_FILE)).catch(() => {
      throw new TroubledError(`${path} is the journal of a campaign whose ${CAMPAIGN_FILE} is gone`, {
        code: "journalAlone",
        with: { path, file: CAMPAIGN_FILE },
      });
    });
    return eachLine(path, (line) => void parseEntry(line));
  }
  if (name.endsWith(".jsonl")) return checkLines(path);
}

async function checkCampaign(path: string): Promise<void> {
  const campaign = await readDocument(path, campaignFormat);
  if (campaign) await checkRecipients(dirname(path), campaign.lists);
}

async function checkList(path: string): Promise<void> {
  const list = await readDocument(path, listFormat);
  const folder = dirname(path);
  const names = await readdir(folder);
  // A list without recipients was taken over by a campaign.
  if (list && names.includes(RECIPIENTS_FILE))
    await checkRecipients(folder, [{ file: RECIPIENTS_FILE, count: list.count, columns: list.columns }]);
}

async function checkRecipients(folder: string, lists: readonly RecipientsList[]): Promise<void> {
  await using recipients = await openRecipients(folder, lists);
  for (let ordinal = 0; ordinal < recipients.size; ordinal++) await recipients.read(ordinal);
}

/** Folds the whole list as collecting does: a lead that comes twice, or an entry out of place, is told with its line. */
async function checkLeads(path: string): Promise<void> {
  const fold = new LeadFold(() => new IdNumbers());
  await eachLine(path, (line) => fold.apply(parseLeadLine(line)));
}

/** Folds the whole record as amending does: an entry about an amendment that never began is told with its line. */
async function checkAmendments(path: string): Promise<void> {
  const fold = new AmendmentFold();
  await eachLine(path, (line) => {
    if (!fold.apply(parseAmendmentLine(line))) throw new Error("it fits nothing that stands before it");
  });
}

/** Shapes of documents are their owners' affair; each has a version and a value. */
async function checkDocument(path: string): Promise<void> {
  const text = await readFile(path, "utf8");
  try {
    z.object({ version: z.number(), value: z.unknown() }).parse(JSON.parse(text));
  } catch {
    throw new BrokenDocumentError(path, NO_DOCUMENT);
  }
}

async function checkLines(path: string): Promise<void> {
  await eachLine(path, (line) => {
    try {
      JSON.parse(line);
    } catch {
      throw new TroubledError("is not JSON", { code: "lineNoJson" }); // JSON.parse's own words would quote the content
    }
  });
}
