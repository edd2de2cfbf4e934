/** What is one value in the folder and a value by kind and name in the database. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../lib/files/atomic-file.ts";
import type { DocumentFormat } from "../lib/files/stored-document.ts";
import { readDocument } from "../lib/files/stored-document.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import { fitted } from "../storage/postgres/fitted.ts";
import { jsonOf } from "../storage/postgres/json.ts";
import type { Mover, PieceIn, PieceOut } from "./piece.ts";

const PUT = `insert into peyk.documents (kind, name, value) values ($1, $2, $3)`;
const OF_KIND = `select name, value from peyk.documents where kind = $1 order by number`;
/** $1: what the kinds begin with. */
const OF_KINDS = `select kind, name, value from peyk.documents where starts_with(kind, $1) order by number`;

export async function putDocument(to: Queryable, kind: string, name: string, value: unknown): Promise<void> {
  await to.query(PUT, [kind, name, jsonOf(value)]);
}

/** Of one kind, by name, the oldest first. */
export async function documentsOf(from: Queryable, kind: string): Promise<ReadonlyMap<string, unknown>> {
  const { rows } = await from.query<{ name: string; value: unknown }>(OF_KIND, [kind]);
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/** Of all kinds `<prefix><rest>`: by that rest, then by name. */
export async function documentsUnder(
  from: Queryable,
  prefix: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, unknown>>> {
  const { rows } = await from.query<{ kind: string; name: string; value: unknown }>(OF_KINDS, [prefix]);
  const found = new Map<string, Map<string, unknown>>();
  for (const { kind, name, value } of rows) {
    const rest = kind.slice(prefix.length);
    found.set(rest, (found.get(rest) ?? new Map<string, unknown>()).set(name, value));
  }
  return found;
}

/** As the stores of a folder write one. */
export async function writeDocument(path: string, version: number, value: unknown): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify({ version, value }, null, 2)}\n`);
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A piece of a folder's file or folder, where that is there. */
export async function ifThere(
  dataDir: string,
  name: string,
  fill: PieceIn["fill"],
): Promise<readonly PieceIn[]> {
  return (await isThere(join(dataDir, name))) ? [{ name, fill }] : [];
}

/** A piece that is written where there is something of it. */
export function ifAny(name: string, isAny: boolean, write: PieceOut["write"]): readonly PieceOut[] {
  return isAny ? [{ name, write }] : [];
}

/** A document that is the only one of its kind. */
export function onlyDocument<T>(file: string, kind: string, format: DocumentFormat<T>): Mover {
  return {
    inFolder: (dataDir) =>
      ifThere(dataDir, file, async (to) => {
        const value = await readDocument(join(dataDir, file), format);
        if (value !== undefined) await putDocument(to, kind, "", value);
      }),
    async inDatabase(database) {
      const value = (await documentsOf(database, kind)).get("");
      return ifAny(file, value !== undefined, (_from, dataDir) =>
        writeDocument(join(dataDir, file), format.version, fitted(format.schema, value, kind)),
      );
    },
  };
}

const cursors: DocumentFormat<Readonly<Record<string, Readonly<Record<string, string>>>>> = {
  version: 1,
  schema: z.record(z.string(), z.record(z.string(), z.string())),
};

/** Up to where the answers to each account were read, by channel. */
export const replyCursors: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, "reply-cursors.json", async (to) => {
      const channels = (await readDocument(join(dataDir, "reply-cursors.json"), cursors)) ?? {};
      for (const [channel, accounts] of Object.entries(channels))
        for (const [account, cursor] of Object.entries(accounts))
          await putDocument(to, `reply-cursors/${channel}`, account, cursor);
    }),
  async inDatabase(database) {
    const channels = await documentsUnder(database, "reply-cursors/");
    const value = Object.fromEntries([...channels].map(([channel, of]) => [channel, Object.fromEntries(of)]));
    return ifAny("reply-cursors.json", channels.size > 0, (_from, dataDir) =>
      writeDocument(join(dataDir, "reply-cursors.json"), 1, fitted(cursors.schema, value, "reply-cursors")),
    );
  },
};
