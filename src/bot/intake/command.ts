import type { Update } from "grammy/types";

/** The command a message is, in lower case and without the bot's name; undefined when it is none. */
export function commandIn({ message }: Pick<Update, "message">): string | undefined {
  // What somebody forwards is somebody else's word.
  return message?.text === undefined || message.forward_origin ? undefined : commandOf(message.text);
}

/** The command that a text is; undefined when it is none. */
export function commandOf(text: string): string | undefined {
  return /^\/([\p{L}\p{N}_]+)(?:@\w+)?(?=\s|$)/u.exec(text)?.[1]?.toLowerCase();
}
