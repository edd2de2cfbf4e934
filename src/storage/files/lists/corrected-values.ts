/**
 * What the people of a campaign are known by once a list is given again: the values of its columns win, those of columns
 * it lacks stay. Reads both lists side by side; what a million names take in memory is a number each.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { columnKey } from "../../../domain/template.ts";
import type { Variables } from "../../../domain/recipient.ts";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import type { RecipientsList } from "./list-sections.ts";
import { openRecipients } from "./recipients-file.ts";
import type { KnownRecipient } from "../../../domain/recipient.ts";

/** Recipients looked at in one turn of the event loop. */
const PIECE = 1000;

/** Files of a list, and the folder they are in. */
export interface ListPlace {
  readonly folder: string;
  readonly lists: readonly RecipientsList[];
}

/** Every recipient of a campaign, in order, as the list given makes them known. Without one: as they are known now. */
export async function* knownAfter(
  campaign: ListPlace,
  given: ListPlace = { folder: campaign.folder, lists: [] },
): AsyncGenerator<KnownRecipient> {
  await using before = await openRecipients(campaign.folder, campaign.lists);
  await using after = await openRecipients(given.folder, given.lists);
  const places = new IdNumbers();
  for (let place = 0; place < after.size; place++) {
    places.add((await after.read(place)).username);
    if (place % PIECE === 0) await nextTurn();
  }
  for (let ordinal = 0; ordinal < before.size; ordinal++) {
    if (ordinal % PIECE === 0) await nextTurn();
    const { username, variables } = await before.read(ordinal);
    const place = places.numberOf(username);
    const merged = place === undefined ? variables : merge(variables, (await after.read(place)).variables);
    yield { username, variables: merged, isCorrected: differs(variables, merged) };
  }
}

/** Columns by which people are known that had these and get those: two spellings of one are the first. */
export function joinedColumns(before: readonly string[], given: readonly string[]): readonly string[] {
  const known = new Set(before.map(columnKey));
  return [...before, ...given.filter((column) => !known.has(columnKey(column)))];
}

function merge(before: Variables, given: Variables): Variables {
  const columns = joinedColumns(Object.keys(before), Object.keys(given));
  const byKey = new Map(Object.entries(given).map(([column, value]) => [columnKey(column), value]));
  return Object.fromEntries(
    columns.map((column) => [column, byKey.get(columnKey(column)) ?? before[column] ?? ""]),
  );
}

/** A blank in a column of its own says nothing new. */
function differs(before: Variables, after: Variables): boolean {
  return Object.entries(after).some(([column, value]) => (before[column] ?? "").trim() !== value.trim());
}
