/** What is read of a history and told of it, whatever it is kept in. */
import type { ChainHead, ChainState, Link } from "../../../domain/history/chain.ts";
import { chainState } from "../../../domain/history/chain.ts";
import type { HistoryEntry } from "../../../domain/history/entry.ts";
import { entryIn, hashOfName, namesIn, sealWith, withNames } from "./history-line.ts";

/** All that is kept of it. */
export interface KeptHistory {
  /** In the order in which they stand; undefined for one that is none. */
  readonly links: readonly (Link | undefined)[];
  /** Undefined: there is none. */
  readonly head: ChainHead | undefined;
  /** Of the seals; undefined: it is gone, or there never was one. */
  readonly key: string | undefined;
  /** Names by the hash that stands for them in the entries. */
  readonly names: Readonly<Record<string, string>>;
}

/** Whether anything is missing, altered, misplaced or cut off. */
export function historyState({ links, head, key, names }: KeptHistory): ChainState {
  if (key === undefined)
    return head || links.length > 0 ? { kind: "noKey" } : chainState([], undefined, () => "");
  const state = chainState(links, head, sealWith(key));
  return state.kind === "whole" ? (renamed(links, names, key) ?? state) : state;
}

/**
 * The entries with the names that are still known, one that can't be understood left out.
 * @param about Hash of the one person whom all of it must be about
 */
export function namedEntries(
  links: readonly (Link | undefined)[],
  names: Readonly<Record<string, string>>,
  about: string | undefined,
): readonly HistoryEntry[] {
  const kept = entriesIn(links);
  const meant = new Set(
    kept.filter((one) => about === undefined || namesIn(one).includes(about)).map((one) => one.n),
  );
  return kept
    .filter((one) => meant.has(one.t === "ended" ? one.of : one.n))
    .map((one) => withNames(one, (hash) => names[hash]));
}

/** The first entry in which another name would be read than was written: what stands for it is the hash of none other. */
function renamed(
  links: readonly (Link | undefined)[],
  names: Readonly<Record<string, string>>,
  key: string,
): ChainState | undefined {
  const others = Object.entries(names).filter(([hash, name]) => hashOfName(key, name) !== hash);
  const wrong = new Set(others.map(([hash]) => hash));
  if (wrong.size === 0) return undefined;
  const first = entriesIn(links).find((one) => namesIn(one).some((hash) => wrong.has(hash)));
  return first && { kind: "altered", n: first.n };
}

function entriesIn(links: readonly (Link | undefined)[]): readonly HistoryEntry[] {
  return links.flatMap((link) => (link && entryIn(link)) ?? []);
}
