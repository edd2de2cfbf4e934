/** All that a Peyk keeps, to be compared with what it is later. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { askOnce } from "./postgres/ask-once.ts";
import type { Where } from "./stored.ts";

const TABLES = `select tablename as name from pg_tables where schemaname = 'peyk'`;

/** What a Peyk at work writes by itself: what happens, and that it is there. */
const OF_ITSELF = /^(?:events|event_logs|holds|workers|owners|lanes|lane_places)/;

/** All that is kept, by the files' paths or the tables' names: to be compared with what it is later. */
export async function everythingKept({ dataDir, own }: Where): Promise<Record<string, string>> {
  const { DATABASE_URL: url } = own;
  if (url !== undefined) {
    const tables = (await askOnce(url, TABLES)).map(({ name }) => String(name));
    const rows = async (table: string): Promise<string> =>
      JSON.stringify(await askOnce(url, `select one::text as row from peyk.${table} one order by 1`));
    return contentsOf(tables.filter((name) => !OF_ITSELF.test(name)).map((name) => [name, rows(name)]));
  }
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  return contentsOf(
    entries
      .filter((one) => one.isFile() && !OF_ITSELF.test(one.name))
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [path, readFile(path, "latin1")]),
  );
}

async function contentsOf(
  read: readonly (readonly [string, Promise<string>])[],
): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(read.map(async ([name, text]) => [name, await text] as const)));
}
