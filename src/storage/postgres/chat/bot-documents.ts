/**
 * The documents of the bot in PostgreSQL: each is read when it is opened and whole in memory from then on, for whoever has the
 * hold of the chat is the one who writes it. Whoever takes the chat over opens them anew.
 */
import { z } from "zod";
import type { ZodType } from "zod";
import { KeptValue } from "../../../lib/kept-value.ts";
import { keptAside, TroubledError } from "../../../lib/trouble.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";
import { DOCUMENT, PUT_DOCUMENT, SET_DOCUMENT_ASIDE } from "./chat-sql.ts";
import type { Hold } from "./hold.ts";

export interface BotDocumentFormat<T> {
  readonly name: string;
  /** Format of the value; one of any other version is not understood. */
  readonly version: number;
  /** It may not transform. */
  readonly schema: ZodType<T>;
  /** The value before it was ever changed. */
  readonly initial: T;
}

interface Parts {
  readonly database: Queryable;
  readonly hold: Hold;
  /** Told of a document that can't be understood: it was set aside, and begins anew. */
  readonly onSetAside: (problem: Error) => void;
}

const stored = z.object({ version: z.number(), value: z.unknown() });

/** Opens a document; it is first written by the first update, and a write of whoever lost the chat is refused. */
export async function openBotDocument<T>(
  { database, hold, onSetAside }: Parts,
  { name, version, schema, initial }: BotDocumentFormat<T>,
): Promise<KeptValue<T>> {
  let value = initial;
  try {
    value = await readBotDocument(database, { name, version, schema, initial });
  } catch (error) {
    if (!(error instanceof TroubledError)) throw error;
    const aside = await hold.write<{ name: string }>(SET_DOCUMENT_ASIDE, [name]);
    onSetAside(keptAside(error, `bot ${aside.rows[0]?.name}`));
  }
  return new KeptValue<T>(value, {
    fit: (made) => fitted(schema, made, `bot ${name}`),
    write: async (made) => void (await hold.write(PUT_DOCUMENT, [name, jsonOf({ version, value: made })])),
  });
}

/** Reads one as it is kept, beside whoever writes it. @throws {TroubledError} for one that can't be understood */
export async function readBotDocument<T>(
  database: Queryable,
  { name, version, schema, initial }: BotDocumentFormat<T>,
): Promise<T> {
  const { rows } = await database.query<{ value: unknown }>(DOCUMENT, [name]);
  if (!rows[0]) return initial;
  const what = `bot ${name}`;
  const found = fitted(stored, rows[0].value, what);
  if (found.version === version) return fitted(schema, found.value, what);
  throw new TroubledError(
    `${what} in the database can't be used: its version is ${found.version}, not ${version}`,
    {
      code: "document",
      with: { path: what, what: { code: "otherVersion", with: { found: found.version, known: version } } },
    },
  );
}
