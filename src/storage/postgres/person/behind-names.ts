/** Who is behind names by what channels wrote down: the people that were looked up, and subscribers of the bot. */
import { z } from "zod";
import type { KeptPerson } from "../../../domain/people/person.ts";
import { idInName } from "../../../domain/people/subscriber.ts";
import { subscriberSchema } from "../../ports/documents/subscriber-schema.ts";
import type { Sought } from "../../ports/person-reads.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { LOOKED_UP, SUBSCRIBERS } from "./person-sql.ts";

const nameSchema = z.object({
  channel: z.string(),
  id: z.string(),
  name: z.string(),
  at: z.number(),
  isPassedOn: z.boolean(),
});

const subscriberRowSchema = z.object({ value: z.unknown(), passedOn: z.array(z.string()) });

/** What no id of Telegram is longer than, in digits. */
const ID = /^\d{1,16}$/;

export async function peopleBehind(here: Queryable, { names, ids }: Sought): Promise<readonly KeptPerson[]> {
  const asked = [...ids, ...names.flatMap((name) => idInName(name) ?? []).map(String)];
  const lookedUp = await here.query(LOOKED_UP, [names, asked]);
  const subscribers = await here.query(SUBSCRIBERS, [names, asked.filter((id) => ID.test(id))]);
  return [...peopleOf(lookedUp.rows), ...subscribers.rows.map(subscriberOf)];
}

function peopleOf(rows: readonly unknown[]): readonly KeptPerson[] {
  const people = new Map<string, KeptPerson>();
  for (const row of rows) {
    const { channel, id, name, at, isPassedOn } = nameSchema.parse(row);
    const key = `${channel} ${id}`;
    const { names, passedOn } = people.get(key) ?? { names: [], passedOn: [] };
    people.set(key, {
      channel,
      id,
      names: [...names, { name, at }],
      passedOn: isPassedOn ? [...passedOn, name] : passedOn,
    });
  }
  return [...people.values()];
}

/** When they had which name is not kept: all are told with the moment since when they stand as they do. */
function subscriberOf(row: unknown): KeptPerson {
  const { value, passedOn } = subscriberRowSchema.parse(row);
  const subscriber = fitted(subscriberSchema, value, "subscribers");
  const { id, username, formerly = [], at } = subscriber;
  const names = [
    ...formerly.filter((name) => name !== username),
    ...(username === undefined ? [] : [username]),
  ];
  return {
    channel: "telegram",
    id: String(id),
    names: names.map((name) => ({ name, at })),
    passedOn,
    subscriber,
  };
}
