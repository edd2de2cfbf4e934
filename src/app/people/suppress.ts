/** What an operator does to the do-not-send list. Every change binds the next claim of every campaign. */
import type { Suppression, SuppressionReason } from "../../domain/people/suppression.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { Clock } from "../../lib/clock.ts";
import type { SuppressionStore } from "../../storage/ports/people.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import type { ImportParts, OptOutReport, OptOuts, OptOutsRead } from "./import-opt-outs.ts";
import { addAll, importOptOuts, readOptOuts } from "./import-opt-outs.ts";
import type { ListProblem } from "../lists/list-report.ts";

/** A text that is no username; at most 64 characters of it. */
export interface InvalidName {
  readonly text: string;
  readonly reason: InvalidReason;
}

/** What became of the names: `changed` were added or removed, for `unchanged` it was so already. */
export interface SuppressionResult {
  readonly changed: number;
  readonly unchanged: number;
  readonly invalid: readonly InvalidName[];
}

/** The do-not-send list as an operator handles it. Names may be spelled in any usual way. */
export interface DoNotSendList {
  /** For names that are there already the reason changes, unless these are to be kept as they are. */
  add(
    names: Iterable<string>,
    reason: SuppressionReason,
    note?: string,
    keepsKnown?: boolean,
  ): Promise<SuppressionResult>;
  /** @param wantedAt Whoever was put on it after this moment stays on it; absent: it is wanted now */
  remove(names: Iterable<string>, wantedAt?: number): Promise<SuppressionResult>;
  /** Everyone on it, newest first. */
  list(): Promise<readonly Suppression[]>;
  count(): Promise<number>;
  /**
   * Adds everybody on a list in any format that a campaign takes, read the same way: all of them or, where it ends in a
   * problem, nobody.
   */
  importList(optOuts: OptOuts, signal?: AbortSignal): Promise<OptOutReport | ListProblem>;
  /** Reads such a list, and adds nobody. */
  readList(
    optOuts: Pick<OptOuts, "source" | "choices">,
    signal?: AbortSignal,
  ): Promise<OptOutsRead | ListProblem>;
}

interface Parts extends ImportParts {
  readonly suppression: SuppressionStore;
  readonly clock: Clock;
}

/** Enough of a text that is no name to find it again. */
const SHOWN_LENGTH = 64;

/** Makes the use cases of the do-not-send list. */
export function createSuppress(parts: Parts): DoNotSendList {
  const { suppression, clock } = parts;
  return {
    async add(spelled, reason, note, keepsKnown) {
      const seen = new Set<string>();
      const invalid: InvalidName[] = [];
      let changed = 0;
      for (const some of stretches(spelled)) {
        const found = sorted(some, seen);
        changed += await addAll(parts, found.names, { reason, note, keepsKnown });
        invalid.push(...found.invalid);
      }
      return { changed, unchanged: seen.size - changed, invalid };
    },
    async remove(spelled, wantedAt) {
      const { names, invalid } = sorted(spelled);
      const changed = await suppression.remove(names, clock.now(), wantedAt);
      return { changed, unchanged: names.length - changed, invalid };
    },
    async list() {
      const all: Suppression[] = [];
      for await (const one of suppression.list()) all.push(one);
      return all.toSorted((a, b) => b.at - a.at);
    },
    count: () => suppression.count(),
    importList: (optOuts, signal) => importOptOuts(parts, optOuts, signal),
    readList: (optOuts, signal) => readOptOuts(parts, optOuts, signal),
  };
}

/** Names looked at and written down at a stretch: a list can be long, and others are served in between. */
const AT_A_STRETCH = 1000;

function* stretches(spelled: Iterable<string>): Generator<readonly string[]> {
  let some: string[] = [];
  for (const one of spelled) {
    some.push(one);
    if (some.length < AT_A_STRETCH) continue;
    yield some;
    some = [];
  }
  yield some;
}

/** Names normalised and each once, and what is none. @param seen Names that came before; these join them */
function sorted(spelled: Iterable<string>, seen = new Set<string>()) {
  const names = new Set<string>();
  const invalid: InvalidName[] = [];
  for (const text of spelled) {
    const parsed = parseUsername(text);
    if (parsed.ok && !seen.has(parsed.username)) names.add(parsed.username);
    else if (!parsed.ok && parsed.reason !== "empty")
      invalid.push({ text: text.slice(0, SHOWN_LENGTH), reason: parsed.reason });
  }
  for (const name of names) seen.add(name);
  return { names: [...names], invalid };
}
