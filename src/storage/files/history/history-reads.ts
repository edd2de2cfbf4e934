/** Reading the history beside whoever writes it, and telling whether it is whole. Changes nothing. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ChainState, Link } from "../../../domain/history/chain.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { hashOfName, linkIn, printOf } from "../../ports/documents/history-line.ts";
import { historyState, namedEntries } from "../../ports/documents/kept-history.ts";
import type { HistoryReads } from "../../ports/history.ts";
import { knownHistory } from "../folder/identity.ts";

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
  schema: z.object({
    count: z.int().nonnegative(),
    seal: z.string(),
    anewAt: z.int().nonnegative().exactOptional(),
  }),
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
      const links = await linksIn(paths.entries);
      const names = (await readDocument(paths.names, namesFormat).catch(() => undefined)) ?? {};
      return namedEntries(links, names, person === undefined ? undefined : hashOfName(key, person));
    },
    state: async () => {
      const begun = await knownHistory(dataDir);
      const state = await stateOf(paths);
      return state.kind === "whole" ? ((await notTheOneBegun(begun, paths.key)) ?? state) : state;
    },
  };
}

/** @param begun Print of the history that was begun here; undefined: that is not known */
async function notTheOneBegun(begun: string | undefined, keyPath: string): Promise<ChainState | undefined> {
  const key = await keyIn(keyPath);
  if (begun === undefined || (key !== undefined && printOf(key) === begun)) return undefined;
  return { kind: key === undefined ? "gone" : "another" };
}

async function stateOf(paths: ReturnType<typeof historyPaths>): Promise<ChainState> {
  // The head first: it is written behind the entry that it tells of.
  const head = await readDocument(paths.head, headFormat).catch(() => undefined);
  const links = await linksIn(paths.entries);
  const key = await keyIn(paths.key);
  // The head is older than the key.
  if (key !== undefined && !head && links.length === 0) return { kind: "gone" };
  const names = (await readDocument(paths.names, namesFormat).catch(() => undefined)) ?? {};
  return historyState({ links, head, key, names });
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
