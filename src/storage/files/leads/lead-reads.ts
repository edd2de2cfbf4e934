/** Looking at lists of leads in files, also while somebody collects into them; nothing is ever written. */
import { join } from "node:path";
import type { FinishedRequest, ListName } from "../../../domain/collecting/collection.ts";
import { leadListSummary } from "../../../domain/collecting/collection.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import { lineStream } from "../../../lib/log/line-stream.ts";
import { CorruptLogError } from "../../../lib/log/log-lines.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { leadListRead } from "../../ports/documents/lead-list-read.ts";
import type { LeadListRead, LeadReads } from "../../ports/reads.ts";
import { parseLeadLine } from "../../ports/documents/lead-line.ts";
import { LEADS_FILE, readSummary } from "./lead-overview.ts";
import { FINISHED_FILE, lastMoment, listNamesIn, parseFinished } from "./lead-store.ts";

/** Looks at the lists in `data/leads/`, which need not exist. @param onProblem Told of what can't be read */
export async function lookAtLeads(folder: string, onProblem: (error: Error) => void): Promise<LeadReads> {
  const finished = await readFinished(join(folder, FINISHED_FILE), onProblem);
  const find = async (list: ListName): Promise<LeadListRead | undefined> =>
    (await listNamesIn(folder)).includes(list) ? readList(join(folder, list), list) : undefined;
  return {
    find,
    async summaries() {
      const names = await listNamesIn(folder);
      const summaries = await Promise.all(
        names.map(async (list) => {
          const written = await readSummary(join(folder, list));
          if (written) return written;
          const read = await readList(join(folder, list), list).catch((error: Error) => onProblem(error));
          if (!read) return undefined;
          const state = await read.state();
          return leadListSummary(list, state, lastMoment(state));
        }),
      );
      return summaries.filter((one) => one !== undefined).toSorted((a, b) => b.changedAt - a.changedAt);
    },
    finished: async () => finished,
  };
}

async function readList(folder: string, list: ListName): Promise<LeadListRead> {
  const path = join(folder, LEADS_FILE);
  const fold = new LeadFold(() => new IdNumbers());
  const read = await readLogTail(path, LOG_START, (line) => fold.apply(parseLeadLine(line)));
  const { offset } = read ?? LOG_START;
  const entries = async function* (): AsyncGenerator<LeadEntry> {
    for await (const lines of lineStream(path, offset)) for (const line of lines) yield parseLeadLine(line);
  };
  return leadListRead(list, fold, entries);
}

/** One that can't be read is told, and those before it count. */
async function readFinished(
  path: string,
  onProblem: (error: Error) => void,
): Promise<readonly FinishedRequest[]> {
  const finished = new Map<string, FinishedRequest>();
  await readLogTail(path, LOG_START, (line) => {
    const request = parseFinished(line);
    finished.set(`${request.list}/${request.number}`, request);
  }).catch((error: unknown) => {
    if (!(error instanceof CorruptLogError)) throw error;
    onProblem(error);
  });
  return [...finished.values()];
}
