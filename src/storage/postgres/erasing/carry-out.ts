/**
 * Carries erasures out while everything is open, in any number of processes: one transaction for each, of whichever process
 * comes first. What is on its way to the person ends first; an ending that comes later finds the claim over.
 */
import type { Clock } from "../../../lib/clock.ts";
import { createPersonMatch } from "../../ports/erased/person-match.ts";
import type { ErasureRequest } from "../../ports/erasing.ts";
import { takeOutOfCopy } from "../copy/erase-in-copy.ts";
import type { Database } from "../database.ts";
import { endRecipients, inFlight, tellEndings } from "./end-recipients.ts";
import type { StoredErasing } from "./erased-store.ts";
import { holdsErasures } from "./erased-store.ts";
import { personTables } from "./person-tables.ts";
import { whereTheyStand } from "./where-they-stand.ts";

/** $1 name of a hold */
const LET_GO = `update peyk.holds set holder = 'erasing', at = peyk.now() where name = $1`;

/** The hold of whoever has the bot's chats. */
const CHAT = "chat";

/** A message that was not answered for so long will not be any more, in ms. */
const MOST_IN_FLIGHT_MS = 75_000;

/** How often it is looked whether they ended, in ms. */
const LOOK_MS = 1000;

export interface CarryingOut {
  readonly database: Database;
  readonly erasing: Pick<StoredErasing, "pending" | "carriedOut" | "aliases">;
  readonly clock: Pick<Clock, "sleep">;
  readonly signal?: AbortSignal;
}

/** Answers how many were erased by this process. */
export async function carryOutErasures(parts: CarryingOut): Promise<number> {
  let done = 0;
  for (const one of await parts.erasing.pending()) {
    await settledFor(one, parts);
    if (await carriedOut(one, parts)) done++;
  }
  return done;
}

async function settledFor(
  one: ErasureRequest,
  { database, erasing, clock, signal }: CarryingOut,
): Promise<void> {
  const match = createPersonMatch(one, await erasing.aliases());
  for (let waited = 0; waited < MOST_IN_FLIGHT_MS; waited += LOOK_MS) {
    const stand = await database.inTransaction((here) => whereTheyStand(here, match, { holds: false }));
    if ((await inFlight({ ...stand, here: database })) === 0) return;
    await clock.sleep(LOOK_MS, signal);
  }
}

/** False where somebody else does it, or did. */
async function carriedOut(one: ErasureRequest, { database, erasing }: CarryingOut): Promise<boolean> {
  const match = createPersonMatch(one, await erasing.aliases());
  return database.inTransaction(async (here) => {
    if (!(await holdsErasures(here))) return false;
    // Whoever has the chats has their documents in memory, and would write them back: it reads them anew.
    await here.query(LET_GO, [CHAT]);
    const asked = await whereTheyStand(here, match, { holds: true });
    const ended = await endRecipients(asked);
    for (const { rule } of Object.values(personTables)) await rule?.forget(asked);
    await takeOutOfCopy(here, one, match);
    await erasing.carriedOut(one, here);
    await tellEndings(here, ended);
    return true;
  });
}
