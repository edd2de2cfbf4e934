/** That what is in the database was once put back from a backup, into the folder that was moved there. */
import { z } from "zod";
import type { PutBackFolder } from "../../../domain/restored-mark.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";

/** The kind of the document. */
export const RESTORED = "restored";

const READ = `select value from peyk.documents where kind = '${RESTORED}' and name = ''`;

const schema = z.looseObject({ madeAt: z.number(), at: z.number() });

export async function readPutBackFrom(database: Queryable): Promise<PutBackFolder | undefined> {
  const { rows } = await database.query<{ value: unknown }>(READ);
  return rows[0] && fitted(schema, rows[0].value, RESTORED);
}
