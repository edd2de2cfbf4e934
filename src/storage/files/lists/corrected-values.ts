/**
 * What the people of a campaign are known by once a list is given again: the values of its columns win, those of columns
 * it lacks stay. Reads both lists side by side; what a million names take in memory is a number each.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { differs, merged } from "../../../domain/known-values.ts";
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
    const known = place === undefined ? variables : merged(variables, (await after.read(place)).variables);
    yield { username, variables: known, isCorrected: differs(variables, known) };
  }
}
