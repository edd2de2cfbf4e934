/** The way back: who opted out or was removed in the external database is taken into the do-not-send list. */
import type { Suppression } from "../domain/people/suppression.ts";
import { parseUsername } from "../domain/people/username.ts";
import type { SuppressionStore } from "../storage/ports/people.ts";
import type { OptOut } from "../storage/ports/sync.ts";
import type { Attempt } from "./round.ts";
import type { OptOutReport } from "./sync-event.ts";

/**
 * Adds to the do-not-send list and resolves when it is durable; what is there already with the same words changes
 * nothing. Answers false and adds nothing where another process has the data folder.
 */
export type TakeOptOuts = (suppressions: readonly Suppression[]) => Promise<boolean>;

/** Opt-outs taken at a time. */
const AT_A_TIME = 1000;

/**
 * Marked as taken only after they are on the list, so a crash between the two takes them once more, to no effect. A signal
 * ends it between two thousands.
 */
export async function takeOptOuts(
  attempt: Attempt,
  take: TakeOptOuts,
  signal: AbortSignal,
): Promise<OptOutReport> {
  let [taken, refused] = [0, 0];
  while (!signal.aborted) {
    const optOuts = await attempt("opt-outs", (store) => store.optOuts(AT_A_TIME));
    if (optOuts.length === 0) return { taken, refused, waiting: 0 };
    const read = optOuts.map(readOptOut);
    const suppressions = read.flatMap(({ suppression }) => suppression ?? []);
    if (suppressions.length > 0 && !(await take(suppressions))) {
      const waiting = await attempt("opt-outs", (store) => store.countOptOuts());
      return { taken, refused, waiting };
    }
    await attempt("opt-outs", (store) => store.answerOptOuts(read.map(({ answer }) => answer)));
    taken += suppressions.length;
    refused += read.length - suppressions.length;
  }
  return { taken, refused, waiting: 0 };
}

function readOptOut({ id, username, reason, note, at }: OptOut) {
  const parsed = parseUsername(username);
  if (!parsed.ok) return { answer: { id, problem: `is no username (${parsed.reason})` } };
  const noted = note === null ? {} : { note };
  const suppression: Suppression = { username: parsed.username, reason, ...noted, at };
  return { answer: { id }, suppression };
}

/** Takes opt-outs into a do-not-send list that this process owns. */
export function addToSuppressions(list: SuppressionStore): TakeOptOuts {
  return async (suppressions) => {
    const known = new Map<string, Suppression>();
    for await (const one of list.list()) known.set(one.username, one);
    const changes = suppressions.filter((one) => !isSame(known.get(one.username), one));
    await Promise.all(changes.map(({ username, ...detail }) => list.add([username], detail)));
    return true;
  };
}

function isSame(known: Suppression | undefined, wanted: Suppression): boolean {
  return known?.reason === wanted.reason && known.note === wanted.note && known.at === wanted.at;
}
