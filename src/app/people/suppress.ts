/** What an operator does to the do-not-send list. Every change binds the next claim of every campaign. */
import type { Suppression, SuppressionReason } from "../../domain/people/suppression.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { Clock } from "../../lib/clock.ts";
import type { SuppressionStore } from "../../storage/ports/people.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import type { ImportParts, OptOutReport, OptOuts } from "./import-opt-outs.ts";
import { importOptOuts } from "./import-opt-outs.ts";
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
  /** For names that are there already the reason changes. */
  add(names: Iterable<string>, reason: SuppressionReason, note?: string): Promise<SuppressionResult>;
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
    async add(spelled, reason, note) {
      const { names, invalid } = sorted(spelled);
      const changed = await addAll(parts, names, { reason, note });
      return { changed, unchanged: names.length - changed, invalid };
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
  };
}

interface Why {
  readonly reason: SuppressionReason;
  readonly note: string | undefined;
}

function addAll(
  { suppression, clock }: Parts,
  names: readonly string[],
  { reason, note }: Why,
): Promise<number> {
  return suppression.add(names, { reason, at: clock.now(), ...(note === undefined ? {} : { note }) });
}

/** Names normalised and each once, and what is none. */
function sorted(spelled: Iterable<string>) {
  const names = new Set<string>();
  const invalid: InvalidName[] = [];
  for (const text of spelled) {
    const parsed = parseUsername(text);
    if (parsed.ok) names.add(parsed.username);
    else if (parsed.reason !== "empty")
      invalid.push({ text: text.slice(0, SHOWN_LENGTH), reason: parsed.reason });
  }
  return { names: [...names], invalid };
}
