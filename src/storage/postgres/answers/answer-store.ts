/** What people answered, in PostgreSQL: an answer that is taken in binds the next claim of every process. */
import { z } from "zod";
import type { Answer, NewAnswer } from "../../../domain/people/answer.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import type { AnswerReads, AnswerStore } from "../../ports/answers.ts";
import { answerSchema } from "../../ports/documents/answer-schema.ts";
import { documentsIn } from "../documents/documents.ts";
import type { Database, Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";
import * as sql from "./answers-sql.ts";

export function createAnswerStore(database: Database): AnswerStore {
  const inTurn = createTurns();
  const channels = keptChannels(database);
  return {
    ...createAnswerReads(database),
    append: (given) => inTurn(() => database.inTransaction((connection) => append(connection, given))),
    keep: async (channel, isOn) => void (await channels.change(channel, () => isOn)),
    erase: ({ names, ids }) => inTurn(async () => (await database.query(sql.ERASE, [names, ids])).count),
    [Symbol.asyncDispose]: () => inTurn(async () => undefined),
  };
}

export function createAnswerReads(database: Queryable): AnswerReads {
  const channels = keptChannels(database);
  const read = async (text: string, values: readonly unknown[]): Promise<readonly Answer[]> => {
    const { rows } = await database.query<{ value: unknown }>(text, values);
    return rows.map(({ value }) => fitted(answerSchema, value, "answers"));
  };
  return {
    get: async (number) => (await read(sql.GET, [number]))[0],
    after: (number, count) => read(sql.AFTER, [number, count]),
    byPerson: ({ names, ids }) => read(sql.BY_PERSON, [names, ids]),
    byCampaign: (id) => read(sql.BY_CAMPAIGN, [id ?? null]),
    async answered(id) {
      const { rows } = await database.query<{ username: string; at: number }>(sql.ANSWERED, [id]);
      return new Map(rows.map(({ username, at }) => [username, at]));
    },
    lastNumber: async () => (await database.query<{ last: number }>(sql.LAST)).rows[0]?.last ?? 0,
    kept: () => channels.all(),
  };
}

const keptChannels = (database: Queryable) =>
  documentsIn(database, { kind: "kept-answers", schema: z.boolean() });

async function append(connection: Queryable, given: NewAnswer): Promise<Answer | undefined> {
  const { rows } = await connection.query<{ last: number }>(sql.HOLD_BOOK);
  const answer = { ...given, number: (rows[0]?.last ?? 0) + 1 };
  const { count } = await connection.query(sql.APPEND, [answer.number, jsonOf(answer)]);
  return count === 1 ? answer : undefined;
}
