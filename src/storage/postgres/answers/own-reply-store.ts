/** What operators wrote back, in PostgreSQL: of all processes that claim a reply one does. */
import type { OwnReply, ReplyEntry } from "../../../domain/people/own-reply.ts";
import { afterEntry } from "../../../domain/people/own-reply.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import { ownReplySchema } from "../../ports/documents/own-reply-schema.ts";
import type { OwnReplyStore } from "../../ports/own-replies.ts";
import { documentsIn } from "../documents/documents.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";

const KIND = "own-replies";

const TO = `
select value from peyk.documents
where kind = '${KIND}' and (value ->> 'answer')::bigint = $1 order by number`;

/** As isOpenReply has it. */
const OPEN = `
select value from peyk.documents
where kind = '${KIND}' and (
  value ->> 'state' in ('planned', 'claimed')
  or (value ->> 'state' = 'uncertain' and not value ? 'isLeft')
  or not value ? 'isTold')
order by number`;

/** $1 numbers of the answers */
export const ERASE = `
update peyk.documents set value = value || '{"text": ""}', revision = nextval('peyk.revisions')
where kind = '${KIND}' and (value ->> 'answer')::bigint = any($1::bigint[])`;

export function createOwnReplyStore(database: Queryable): OwnReplyStore {
  const replies = documentsIn(database, { kind: KIND, schema: ownReplySchema });
  const inTurn = createTurns();
  const record = (entry: ReplyEntry): Promise<boolean> =>
    inTurn(async () => {
      let isDone = false;
      await replies.change(entry.id, (from) => {
        const after = afterEntry(from, entry);
        isDone = after !== undefined;
        return after ?? from;
      });
      return isDone;
    });
  const read = async (text: string, values: readonly unknown[] = []): Promise<readonly OwnReply[]> => {
    const { rows } = await database.query<{ value: unknown }>(text, values);
    return rows.map(({ value }) => fitted(ownReplySchema, value, KIND));
  };
  return {
    ask: (reply) => record({ t: "ask", ...reply }),
    get: (id) => replies.get(id),
    to: (answer) => read(TO, [answer]),
    open: () => read(OPEN),
    claim: (id, at) => record({ t: "claim", id, at }),
    settle: (id, ending, at) => record({ t: "end", id, ending, at }),
    told: async (id, at) => void (await record({ t: "told", id, at })),
    erase: (answers) => inTurn(async () => void (await database.query(ERASE, [answers]))),
    [Symbol.asyncDispose]: () => inTurn(async () => undefined),
  };
}
