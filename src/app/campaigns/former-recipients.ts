/** The people of a campaign as the list of a new one: all of them, or those of whom one thing became. */
import type { AgainGroup } from "../../domain/again.ts";
import { againGroups, isInGroup } from "../../domain/again.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import type { OpenedList } from "../../lists/open-list.ts";
import { nothingLeftOut } from "../../lists/reading.ts";
import type { Row } from "../../lists/row.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";

const ROWS_PER_BATCH = 500;

interface Parts {
  readonly campaigns: Pick<CampaignStore, "get">;
  readonly reads: Pick<CampaignReads, "results">;
}

/** How many of a campaign's people are in each group; undefined for an unknown id. */
export async function groupCounts(
  { reads }: Pick<Parts, "reads">,
  id: CampaignId,
): Promise<Readonly<Record<AgainGroup, number>> | undefined> {
  const results = await reads.results(id);
  if (!results) return undefined;
  const counts = { everyone: 0, failed: 0, notFound: 0, uncertain: 0, neverTried: 0 };
  for await (const row of results.rows)
    for (const group of againGroups) if (isInGroup(group, row)) counts[group]++;
  return counts;
}

/** Those of one of the groups with the values they are known by; undefined for an unknown id. */
export async function formerRecipients(
  { campaigns, reads }: Parts,
  id: CampaignId,
  groups: readonly AgainGroup[],
): Promise<OpenedList | undefined> {
  const campaign = await campaigns.get(id);
  const results = await reads.results(id);
  if (!campaign || !results) return undefined;
  const columns = columnsIn(campaign);
  return {
    columns,
    readFrom: {},
    leftOut: nothingLeftOut(),
    rows: rowsOf(results.rows, groups, columns),
    nameOf: ({ cells }) => cells[0] ?? "",
    valuesOf: ({ cells }) => cells.slice(1),
  };
}

function columnsIn({ lists }: Campaign): readonly string[] {
  return [...new Set(lists.flatMap(columnsOf))];
}

type Rows = NonNullable<Awaited<ReturnType<CampaignReads["results"]>>>["rows"];

async function* rowsOf(
  rows: Rows,
  groups: readonly AgainGroup[],
  columns: readonly string[],
): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  let line = 0;
  for await (const row of rows) {
    line++;
    if (!groups.some((group) => isInGroup(group, row))) continue;
    batch.push({ line, cells: [row.username, ...columns.map((column) => row.variables[column] ?? "")] });
    if (batch.length < ROWS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
