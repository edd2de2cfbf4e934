import { isCaption } from "../../domain/copied-content.ts";
import { fixedText, parseTemplate, unknownVariables } from "../../domain/template.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { languagesOf, textIn } from "../../domain/languages/text-in.ts";
import type { BesideText } from "./draft-extras.ts";
import type { DraftExtras, MessageForm, MessageProblem } from "./draft.ts";

/**
 * Looks a message over before anything else is asked: everything that would be wrong for every recipient, at once.
 *
 * Too long means that the text around the variables alone is longer than the channel takes, as a reader sees it; what
 * values add is seen when the message is rendered.
 * @param columns Columns of the list, without the username column
 * @param room Longest message in UTF-16 units, or the channel with what the message has beside its text
 */
export function checkMessage(
  message: string,
  columns: readonly string[],
  room: number | MessageForm,
): readonly MessageProblem[] {
  const { channel, extras = {} } = typeof room === "number" ? { channel: { maxMessageLength: room } } : room;
  const problems = textsOf({ extras }).map((language) => {
    const text = textIn({ message, extras }, language);
    const found = checkText(text.message, columns, {
      channel,
      ...(text.extras ? { extras: text.extras } : {}),
    });
    return language === undefined ? found : found.map((one) => ({ ...one, language }));
  });
  return problems.flat();
}

function checkText(
  message: string,
  columns: readonly string[],
  { channel, extras = {} }: MessageForm,
): readonly MessageProblem[] {
  if (isBlank(seenOf(message, extras)) && !isCaption(extras)) return [{ problem: "empty" }];
  const parsed = parseTemplate(message);
  if (!parsed.ok) return [{ problem: "brokenVariable", text: parsed.broken }];
  const problems: MessageProblem[] = [...notTakenOf(channel, extras)];
  const unknown = unknownVariables(parsed.template, columns);
  if (unknown.length > 0)
    problems.push({ problem: "unknownVariables", unknown, known: ["username", ...columns] });
  const { length } = seenOf(fixedText(parsed.template), extras);
  const max = (isCaption(extras) ? channel.maxCaptionLength : undefined) ?? channel.maxMessageLength;
  if (length > max) problems.push({ problem: "tooLong", length, max });
  return problems;
}

/** What the message has and the channel can't send, in whatever language. */
export function notTaken(
  channel: Partial<Pick<MessageForm["channel"], "takes">>,
  extras: DraftExtras,
): readonly MessageProblem[] {
  return textsOf({ extras }).flatMap((language) =>
    notTakenOf(channel, textIn({ message: "", extras }, language).extras ?? {}),
  );
}

function notTakenOf(
  { takes }: Partial<Pick<MessageForm["channel"], "takes">>,
  { format, attachment, copy, buttons = [] }: BesideText,
): readonly MessageProblem[] {
  const wanted = {
    formatting: format === "html",
    attachments: attachment !== undefined,
    copies: copy !== undefined,
    buttons: buttons.length > 0,
  };
  const extras = (["formatting", "attachments", "copies", "buttons"] as const).filter(
    (one) => wanted[one] && !takes?.[one],
  );
  return extras.map((extra) => ({ problem: "notTaken", extra }));
}

function textsOf({ extras }: { readonly extras: DraftExtras }): readonly (string | undefined)[] {
  return [undefined, ...languagesOf(extras)];
}

function seenOf(text: string, { format }: BesideText): string {
  return format === "html" ? textOfHtml(text) : text;
}

/** Messengers cut invisible marks away: what is left of them alone is nothing. */
function isBlank(message: string): boolean {
  return message.replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "").trim() === "";
}
