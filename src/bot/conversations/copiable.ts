/**
 * What of a message of the operator's can be copied, by the field of the Bot API (10.1) that its content is in; and what can't:
 * "Service messages, paid media messages, giveaway messages, giveaway winners messages, and invoice messages can't be copied. A
 * quiz poll can be copied only if the value of the field correct_option_id is known to the bot."
 */
import type { Context } from "grammy";
import type { ContentKind } from "../../domain/copied-content.ts";
import type { FormattedText } from "./formatted-text.ts";

type Message = NonNullable<Context["message"]>;

/** One message as it would be copied. */
export interface Copiable {
  readonly kind: Exclude<ContentKind, "album">;
  readonly chatId: number;
  readonly messageId: number;
  /** Messages with the same one are one album. */
  readonly album?: string;
  readonly written: FormattedText;
}

/** Why a message can't be copied; `copy-refused-<why>` says it. */
export type CopyRefusal = "invoice" | "paidMedia" | "giveaway" | "quiz" | "protected" | "service";

/** By field, in the order of looking: an animation comes as a document too, a venue as a location. */
const kinds: readonly (readonly [string, Copiable["kind"]])[] = [
  ["text", "text"],
  ["rich_message", "richText"],
  ["animation", "animation"],
  ["live_photo", "livePhoto"],
  ["video", "video"],
  ["video_note", "videoNote"],
  ["audio", "audio"],
  ["voice", "voice"],
  ["sticker", "sticker"],
  ["photo", "photo"],
  ["document", "document"],
  ["poll", "poll"],
  ["venue", "venue"],
  ["location", "location"],
  ["contact", "contact"],
  ["dice", "dice"],
];

const refusals: readonly (readonly [string, CopyRefusal])[] = [
  ["invoice", "invoice"],
  ["paid_media", "paidMedia"],
  ["giveaway", "giveaway"],
  ["giveaway_winners", "giveaway"],
];

/** Reads a message as something to be copied, or why it can't be. */
export function copiableOf(message: Message): Copiable | { readonly refused: CopyRefusal } {
  const refusal = refusals.find(([field]) => field in message)?.[1];
  if (refusal) return { refused: refusal };
  const kind = kinds.find(([field]) => field in message)?.[1];
  if (!kind) return { refused: "service" };
  if (message.has_protected_content) return { refused: "protected" };
  if (kind === "poll" && !isAnswerKnown(message.poll)) return { refused: "quiz" };
  const album = message.media_group_id;
  return {
    kind,
    chatId: message.chat.id,
    messageId: message.message_id,
    ...(album === undefined ? {} : { album }),
    written: writtenIn(message),
  };
}

function isAnswerKnown(poll: Message["poll"]): boolean {
  if (poll?.type !== "quiz") return true;
  return (poll.correct_option_ids?.length ?? 0) > 0;
}

/** What is written in it, where somebody would look for a variable too. */
function writtenIn({ text, entities, caption, caption_entities: under, poll }: Message): FormattedText {
  if (text !== undefined) return { text, entities: entities ?? [] };
  if (poll) return { text: [poll.question, ...poll.options.map((one) => one.text)].join("\n"), entities: [] };
  return { text: caption ?? "", entities: under ?? [] };
}

/** Tells whether a text has a variable, whole or broken. */
export function hasVariables({ text }: FormattedText): boolean {
  return text.includes("{{");
}
