/** Whom the owner means: by id, by name, or by a message of theirs that was forwarded here. */
import type { Message } from "grammy/types";
import type { App } from "../../../app/app.ts";
import type { GivenRole } from "../../../app/team/team.ts";
import { givenRoles } from "../../../domain/roles/role.ts";
import { telegramIdIn } from "../../../domain/roles/telegram-id.ts";
import type { Words } from "../../../words/words.ts";
import type { BotParts } from "../../bot-parts.ts";

export interface MeantPerson {
  readonly id: number;
  readonly name?: string;
}

interface Known {
  readonly app: Pick<App, "who"> & { readonly team: Pick<App["team"], "members"> };
  readonly operators: Pick<BotParts["operators"], "nameOf">;
}

/** @returns `rest`: what was typed behind the person, the role that is meant */
export async function meantIn(
  { app, operators }: Known,
  given: string,
  answered: Message | undefined,
): Promise<{ readonly person: MeantPerson | undefined; readonly rest: string }> {
  const forwarded = answered && writerOf(answered);
  if (forwarded) return { person: forwarded, rest: given };
  const [, first = "", rest = ""] = /^(\S+)\s*(.*)$/s.exec(given) ?? [];
  if (/^\d+$/.test(first)) {
    const id = telegramIdIn(first);
    return { person: id === undefined ? undefined : { id }, rest };
  }
  const members = app.team
    .members()
    .filter(({ id, name }) => [name, operators.nameOf(String(id))].includes(first));
  // Two of one name: nobody gets a role on a guess.
  if (members.length > 0) return { person: members.length === 1 ? members[0] : undefined, rest };
  const answer = await app.who(first);
  const found = answer.ok
    ? answer.who.people.find(({ channel, id }) => channel === "telegram" && id !== undefined)
    : undefined;
  const id = Number(found?.id);
  return { person: found && Number.isSafeInteger(id) ? { id, name: found.name } : undefined, rest };
}

/** Whoever wrote a message that was forwarded here, or whose contact it is; undefined: Telegram does not say. */
function writerOf({ forward_origin: origin, contact }: Message): MeantPerson | undefined {
  if (origin?.type === "user") return { id: origin.sender_user.id, name: origin.sender_user.first_name };
  if (contact?.user_id !== undefined) return { id: contact.user_id, name: contact.first_name };
  return undefined;
}

/** A role by its name in the reader's language, or in English. */
export function roleNamed(text: string, words: Words): GivenRole | undefined {
  const given = text.trim().toLowerCase();
  return givenRoles.find((role) => given === role || given === words.plain(`role-${role}`).toLowerCase());
}
