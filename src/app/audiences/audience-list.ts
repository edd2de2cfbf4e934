/** An audience as the list of a campaign: what is read here is frozen with it. */
import type { OpenedList } from "../../lists/open-list.ts";
import { nothingLeftOut } from "../../lists/reading.ts";
import type { Row } from "../../lists/row.ts";
import { ROWS_PER_BATCH } from "../../lists/row.ts";
import type { AudienceReads, KeptRow } from "../../storage/ports/audiences.ts";
import { listOfSubscribers } from "../people/subscribers.ts";
import type { MeetingParts } from "./who-meets.ts";
import { whoMeets } from "./who-meets.ts";

export interface AudienceListParts extends MeetingParts {
  readonly audiences: AudienceReads;
}

/** Undefined when there is no audience of that name. */
export async function audienceList(parts: AudienceListParts, name: string): Promise<OpenedList | undefined> {
  const audience = await parts.audiences.find(name);
  if (!audience) return undefined;
  if (audience.kind === "conditions") return listOfSubscribers(await whoMeets(parts, audience.conditions));
  return {
    columns: audience.columns,
    readFrom: {},
    leftOut: nothingLeftOut(),
    rows: batchesOf(parts.audiences.rows(name)),
    nameOf: ({ cells }) => cells[0] ?? "",
    valuesOf: ({ cells }) => cells.slice(1),
  };
}

async function* batchesOf(rows: AsyncIterable<KeptRow>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  let line = 0;
  for await (const { username, values } of rows) {
    batch.push({ line: ++line, cells: [username, ...values] });
    if (batch.length < ROWS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
