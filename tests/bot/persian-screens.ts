/** What the bot showed in Persian that is not Persian: every dialogue on the bench is looked through as it ends. */
import type { Message, MessageEntity } from "grammy/types";
import { strangersIn } from "../support/persian-lines.ts";

/** What stands apart by its form: code, what somebody wrote, and where it leads. */
const apart: ReadonlySet<MessageEntity["type"]> = new Set([
  "code",
  "pre",
  "blockquote",
  "url",
  "bot_command",
]);

/** From then on English is what is read. */
const spokenAnew = "Peyk speaks English with you now.";

/**
 * Names each line that is not Persian, but for what people wrote: texts of campaigns and of consents are their own.
 * @param messages Of a chat, both sides'
 */
export function strangersOn(messages: readonly Message[]): readonly string[] {
  const end = messages.findIndex(({ text }) => text === spokenAnew);
  const read = end < 0 ? messages : messages.slice(0, end);
  const [ofBot, ofPeople] = [read.filter(isOfBot), read.filter((one) => !isOfBot(one))];
  const written = ofPeople.map(({ text, caption }) => text ?? caption ?? "");
  const lines = ofBot
    .flatMap((one) => [...shownText(one), ...labelsOf(one)])
    .flatMap((text) => text.split("\n"));
  const said = lines.filter((line) => !written.some((text) => isOf(text, line)));
  return [...new Set(said.flatMap(strangersIn))].filter(
    (found) => !found.startsWith("holds an English sentence"),
  );
}

/** Tells whether a line is of a text that somebody wrote, with values for its variables. */
function isOf(text: string, line: string): boolean {
  const words = text.replaceAll(/\{\{.*?\}\}/g, "\u0000").split("\u0000");
  return text.includes(line) || (words.length > 1 && words.every((part) => line.includes(part)));
}

function isOfBot({ from }: Message): boolean {
  return from?.is_bot === true;
}

function shownText({ text, caption, entities, caption_entities }: Message): string[] {
  const shown = text ?? caption;
  if (shown === undefined) return [];
  const letters = shown.split(""); // entities count in UTF-16
  for (const { type, offset, length } of entities ?? caption_entities ?? [])
    if (apart.has(type)) letters.fill("•", offset, offset + length);
  return [letters.join("").replaceAll(/•+/g, "•")];
}

function labelsOf({ reply_markup }: Message): string[] {
  return (reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
}
