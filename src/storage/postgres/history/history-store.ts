/**
 * The history in PostgreSQL, appended to by any number of processes. Promises that an entry is there, with its names and its
 * head, when `append` resolves; and that a history which is not whole takes more all the same: the doctor tells.
 */
import { randomBytes } from "node:crypto";
import type { ChainHead } from "../../../domain/history/chain.ts";
import type { EntryContent } from "../../../domain/history/entry.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import {
  hashOfName,
  lineOf,
  linkIn,
  namesIn,
  sealWith,
  withNames,
} from "../../ports/documents/history-line.ts";
import type { KeptHistory } from "../../ports/documents/kept-history.ts";
import { historyState, namedEntries } from "../../ports/documents/kept-history.ts";
import type { HistoryStore } from "../../ports/history.ts";
import type { Database, Queryable } from "../database.ts";
import { APPEND, BEGIN, ENTRIES, ERASE, HEAD, HOLD_HEAD, LAST, NAMES } from "./history-sql.ts";

/** The row of its head. */
type Head = { readonly key: string; readonly count: number; readonly seal: string };

export function createHistoryStore(database: Database): HistoryStore {
  const inTurn = createTurns();
  return {
    append: (content, at) =>
      inTurn(() => database.inTransaction((connection) => append(connection, content, at))),
    entries: (person) =>
      database.inTransaction((connection) => entriesAbout(connection, person), { readsOneMoment: true }),
    state: async () => historyState(await kept(database)),
    erase: (name) => eraseName(database, name),
  };
}

/** All of it, or what is about one person. @param here Sees everything as it was at one moment */
export async function entriesAbout(here: Queryable, person: string | undefined) {
  const { links, key, names } = await keptIn(here);
  const about = person === undefined || key === undefined ? undefined : hashOfName(key, person);
  return namedEntries(links, names, about);
}

/** Answers whether it was known. */
export async function eraseName(here: Queryable, name: string): Promise<boolean> {
  const key = (await here.query<Head>(HEAD)).rows[0]?.key;
  if (key === undefined) return false;
  return (await here.query(ERASE, [hashOfName(key, name)])).count > 0;
}

async function append(connection: Queryable, content: EntryContent, at: number): Promise<number> {
  const { key, count, seal: before } = await heldHead(connection);
  const last = (await connection.query<{ count: number }>(LAST, [count])).rows[0]?.count ?? count;
  const hashes = new Map(namesIn(content).map((name) => [name, hashOfName(key, name)]));
  const n = last + 1;
  const text = JSON.stringify({ n, at, ...withNames(content, (name) => hashes.get(name)) });
  const names = new Map([...hashes].map(([name, hash]) => [hash, name]));
  const seal = sealWith(key)(before, text);
  await connection.query(APPEND, [n, before, seal, text, [...names.keys()], [...names.values()]]);
  return n;
}

/** Nobody else appends until this transaction ends. */
async function heldHead(connection: Queryable): Promise<Head> {
  const [head] = (await connection.query<Head>(HOLD_HEAD)).rows;
  if (head) return head;
  await connection.query(BEGIN, [randomBytes(32).toString("base64url")]);
  const [begun] = (await connection.query<Head>(HOLD_HEAD)).rows;
  if (!begun) throw new Error("the head of the history was taken away");
  return begun;
}

function headOf({ count, seal, anewAt }: Head & { readonly anewAt: number | null }): ChainHead {
  return { count, seal, ...(anewAt === null ? {} : { anewAt }) };
}

/** All of it, of one moment. */
function kept(database: Database): Promise<KeptHistory> {
  return database.inTransaction(keptIn, { readsOneMoment: true });
}

async function keptIn(connection: Queryable): Promise<KeptHistory> {
  const [row] = (await connection.query<Head & { readonly anewAt: number | null }>(HEAD)).rows;
  const { rows } = await connection.query<{ before: string; seal: string; entry: string; n: number }>(
    ENTRIES,
  );
  const links = rows.map(({ n, before, seal, entry }) => linkIn(lineOf({ n, before, seal, text: entry })));
  const names = await connection.query<{ hash: string; name: string }>(NAMES);
  return {
    links,
    head: row && headOf(row),
    key: row?.key,
    names: Object.fromEntries(names.rows.map(({ hash, name }) => [hash, name])),
  };
}
