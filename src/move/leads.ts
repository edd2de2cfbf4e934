/** The lists of leads, entry by entry, each list a piece; and how every request ended. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { leadListSummary } from "../domain/collecting/collection.ts";
import { LeadFold } from "../domain/collecting/lead-fold.ts";
import { trackingText } from "../domain/collecting/exact-count-tracking.ts";
import { IdNumbers } from "../lib/id-numbers.ts";
import { writeFileAtomically } from "../lib/files/atomic-file.ts";
import { finishedSchema, parseLeadLine } from "../storage/ports/documents/lead-line.ts";

import { LEADS_FILE, TRACKING_FILE } from "../storage/files/leads/lead-overview.ts";
import { FINISHED_FILE, listNamesIn, parseFinished } from "../storage/files/leads/lead-store.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import { fitted } from "../storage/postgres/fitted.ts";
import { jsonOf } from "../storage/postgres/json.ts";
import { entriesSince } from "../storage/postgres/leads/lead-entries.ts";
import { trackingSchema } from "../storage/postgres/leads/lead-store.ts";
import { rowsOf } from "../storage/postgres/leads/lead-rows.ts";
import { BEGIN, PUT_ENTRIES, PUT_LEADS } from "../storage/postgres/leads/leads-sql.ts";
import { documentsOf, ifAny, isThere, putDocument } from "./documents.ts";
import { allLines, inBatches, parsedLines } from "./lines.ts";
import type { Mover, PieceIn } from "./piece.ts";
import { writeLines } from "./write-lines.ts";

/** Entries a statement: a page may have a thousand people. */
const BATCH = 100;

const FOLDER = "leads";
const FINISHED = "finished-requests";
const TRACKING = "lead-tracking";

const NAMES = `select name from peyk.lead_lists order by name`;

export const leads: Mover = {
  async inFolder(dataDir) {
    const folder = join(dataDir, FOLDER);
    const lists = await listNamesIn(folder);
    const finished: PieceIn = {
      name: `${FOLDER}/${FINISHED_FILE}`,
      fill: (to) => fillFinished(to, join(folder, FINISHED_FILE)),
    };
    return [
      ...lists.map((list): PieceIn => ({
        name: `${FOLDER}/${list}`,
        fill: (to) => fillList(to, list, join(folder, list)),
      })),
      ...((await isThere(join(folder, FINISHED_FILE))) ? [finished] : []),
    ];
  },
  async inDatabase(database) {
    const { rows } = await database.query<{ name: string }>(NAMES);
    const finished = [...(await documentsOf(database, FINISHED)).values()];
    const tracking = await documentsOf(database, TRACKING);
    return [
      ...rows.map(({ name }) => ({
        name: `${FOLDER}/${name}`,
        write: (from: Queryable, dataDir: string) =>
          writeList(from, name, { folder: join(dataDir, FOLDER, name), tracking: tracking.get(name) }),
      })),
      ...ifAny(`${FOLDER}/${FINISHED_FILE}`, finished.length > 0, (_from, dataDir) =>
        writeLines(join(dataDir, FOLDER, FINISHED_FILE), [
          finished.map((one) => JSON.stringify(fitted(finishedSchema, one, FINISHED))),
        ]),
      ),
    ];
  },
};

async function fillList(to: Queryable, list: string, folder: string): Promise<void> {
  const fold = new LeadFold(() => new IdNumbers());
  await to.query(BEGIN, [list, jsonOf(leadListSummary(list, fold, 0))]);
  let number = 0;
  for await (const entries of inBatches(parsedLines(join(folder, LEADS_FILE), parseLeadLine), BATCH)) {
    for (const entry of entries) fold.apply(entry);
    const summary = leadListSummary(list, fold, entries.at(-1)?.at ?? 0);
    await to.query(PUT_ENTRIES, [list, number + 1, entries.map((entry) => jsonOf(entry)), jsonOf(summary)]);
    const people = entries.flatMap((entry) => rowsOf(entry, fold.targets));
    if (people.length > 0) await to.query(PUT_LEADS, [list, jsonOf(people)]);
    number += entries.length;
  }
  const tracking = await readFile(join(folder, TRACKING_FILE), "utf8").catch(() => undefined);
  if (tracking !== undefined) await putDocument(to, TRACKING, list, JSON.parse(tracking));
}

async function fillFinished(to: Queryable, path: string): Promise<void> {
  const finished = new Map(
    (await allLines(path, parseFinished)).map((one) => [`${one.list}/${one.number}`, one]),
  );
  for (const [name, one] of finished) await putDocument(to, FINISHED, name, one);
}

async function writeList(
  from: Queryable,
  list: string,
  { folder, tracking }: { readonly folder: string; readonly tracking: unknown },
): Promise<void> {
  await writeLines(join(folder, LEADS_FILE), linesOf(from, list));
  if (tracking !== undefined)
    await writeFileAtomically(join(folder, TRACKING_FILE), trackingText(trackingSchema.parse(tracking)));
}

async function* linesOf(from: Queryable, list: string): AsyncGenerator<readonly string[]> {
  for await (const { entry } of entriesSince(from, list, 0)) yield [JSON.stringify(entry)];
}
