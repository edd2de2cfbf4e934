/** Reading the history beside whoever writes it, and telling whether it is whole. Changes nothing. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ChainState, Link } from "../../../domain/history/chain.ts";
import { chainState } from "../../../domain/history/chain.ts";
import type { HistoryEntry } from "../../../domain/history/entry.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type { HistoryReads } from "../../ports/history.ts";
import { entryIn, hashOfName, linkIn, namesIn, sealWith, withNames } from "./history-line.ts";

/** Folder of the history in the data folder. */
export const HISTORY_FOLDER = "history";
/** Number and seal of the last entry: not where the entries are, so that whoever cuts off those must think of it. */
export const HISTORY_HEAD = "history-head.json";

export const historyPaths = (dataDir: string) => ({
  entries: join(dataDir, HISTORY_FOLDER, "entries.jsonl"),
  names: join(dataDir, HISTORY_FOLDER, "names.json"),
  key: join(dataDir, HISTORY_FOLDER, "key"),
  head: join(dataDir, HISTORY_HEAD),
});

export const headFormat = {
  version: 1,
  schema: z.object({ count: z.int().nonnegative(), seal: z.string() }),
};

/** Names by the hash that stands for them in the entries. */
export const namesFormat = { version: 1, schema: z.record(z.string(), z.string()) };

/** Reads the history of a data folder, which need not exist. */
export function lookAtHistory(dataDir: string): HistoryReads {
  const paths = historyPaths(dataDir);
  return {
    entries: async (person) => {
      const key = await keyIn(paths.key);
      if (key === undefined) return [];
      // The names are read behind the entries: one that an entry needs is written before it.
      const kept = (await linksIn(paths.entries)).flatMap((link) => (link && entryIn(link)) ?? []);
      const names = (await readDocument(paths.names, namesFormat).catch(() => undefined)) ?? {};
      return named(kept, names, person === undefined ? undefined : hashOfName(key, person));
    },
    state: () => stateOf(paths),
  };
}

/** @param about Hash of the one person whom all of it must be about */
function named(
  kept: readonly HistoryEntry[],
  names: Readonly<Record<string, string>>,
  about: string | undefined,
): readonly HistoryEntry[] {
  const meant = new Set(
    kept.filter((one) => about === undefined || namesIn(one).includes(about)).map((one) => one.n),
  );
  return kept
    .filter((one) => meant.has(one.t === "ended" ? one.of : one.n))
    .map((one) => withNames(one, (hash) => names[hash]));
}

async function stateOf(paths: ReturnType<typeof historyPaths>): Promise<ChainState> {
  // The head first: it is written behind the entry that it tells of.
  const head = await readDocument(paths.head, headFormat).catch(() => undefined);
  const links = await linksIn(paths.entries);
  const key = await keyIn(paths.key);
  if (key === undefined)
    return head || links.length > 0 ? { kind: "noKey" } : chainState([], undefined, () => "");
  const state = chainState(links, head, sealWith(key));
  const names = (await readDocument(paths.names, namesFormat).catch(() => undefined)) ?? {};
  return state.kind === "whole" ? (renamed(links, names, key) ?? state) : state;
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
  const kept = links.flatMap((link) => (link && entryIn(link)) ?? []);
  const first = kept.find((one) => namesIn(one).some((hash) => wrong.has(hash)));
  return first && { kind: "altered", n: first.n };
}

/** Every whole line; undefined for one that is no entry. */
export async function linksIn(path: string): Promise<readonly (Link | undefined)[]> {
  const lines = (await textIn(path)).split("\n");
  // What is behind the last newline was never finished, or is being written.
  return lines.slice(0, -1).map(linkIn);
}

export async function keyIn(path: string): Promise<string | undefined> {
  const text = (await textIn(path)).trim();
  return text === "" ? undefined : text;
}

async function textIn(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
