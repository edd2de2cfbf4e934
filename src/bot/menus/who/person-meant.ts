/** Whom a message that somebody answers to is about: a card's buttons say it, else whoever it was forwarded from, else a name in it. */
import type { Message } from "grammy/types";
import { parseUsername } from "../../../domain/people/username.ts";
import { keyOf } from "../../campaign-key.ts";
import { readUncertainPress } from "../../views/callback-data.ts";
import { readWhoPress } from "../../views/who/who-choice.ts";

/** Undefined when it is about nobody that could be told. */
export function personMeant(message: Message | undefined): string | undefined {
  if (!message) return undefined;
  return byButtons(message) ?? bySender(message) ?? namesSaid(message)[0];
}

function byButtons(message: Message): string | undefined {
  const presses = (message.reply_markup?.inline_keyboard ?? [])
    .flat()
    .flatMap((button) => ("callback_data" in button ? [button.callback_data] : []));
  for (const data of presses) {
    const name = readWhoPress(data)?.name;
    if (name !== undefined) return name;
    // A card carries the key of a name, and says the name itself.
    const key = readUncertainPress(data)?.usernameKey;
    const said = namesSaid(message).find((one) => keyOf(one) === key);
    if (said !== undefined) return said;
  }
  return undefined;
}

function bySender({ forward_origin: origin, contact }: Message): string | undefined {
  if (origin?.type === "user") return String(origin.sender_user.id);
  return contact?.user_id === undefined ? undefined : String(contact.user_id);
}

/** Texts set as code, mentions and links that are names, in their order. */
function namesSaid(message: Message): string[] {
  const text = message.text ?? message.caption ?? "";
  return (message.entities ?? message.caption_entities ?? [])
    .filter(({ type }) => type === "code" || type === "mention" || type === "url")
    .flatMap(({ offset, length }) => {
      const parsed = parseUsername(text.slice(offset, offset + length));
      return parsed.ok ? [parsed.username] : [];
    });
}
