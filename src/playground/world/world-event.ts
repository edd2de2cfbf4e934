/** What those who watch the playground's world are told: the chat page, and tests that wait. */
import type { Message } from "grammy/types";

/** `person` is the id of the person whose chat with the bot it concerns. */
export type WorldEvent =
  /** A new message, or an edited one in its new state. */
  | { readonly kind: "message"; readonly person: number; readonly message: Message }
  | { readonly kind: "deleted"; readonly person: number; readonly messageId: number }
  | { readonly kind: "pinned"; readonly person: number; readonly message: Message | undefined }
  /** The bot shows that it is busy, e.g. `typing`. */
  | { readonly kind: "action"; readonly person: number; readonly action: string }
  /** The bot's commands or its descriptions changed. */
  | { readonly kind: "bot" }
  | { readonly kind: "answered"; readonly queryId: string; readonly answer: CallbackAnswer };

/** What a person sees after pressing an inline button. `unanswered`: the bot never answered, the spinner just ended. */
export interface CallbackAnswer {
  readonly text?: string;
  readonly showAlert?: boolean;
  readonly url?: string;
  readonly unanswered?: true;
}
