/** What goes between the playground and its chat page, as JSON both ways; the page takes its types from here. */
import type { BotCommand, Message } from "grammy/types";
import type { Person } from "../world/person.ts";
import type { CallbackAnswer, WorldEvent } from "../world/world-event.ts";
import type { Sample } from "./sample.ts";

/** What one person sees of the bot before and beside the messages. */
export interface BotView {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly BotCommand[];
}

export interface ChatView {
  readonly person: Person;
  readonly bot: BotView;
  readonly messages: readonly Message[];
  readonly pinned?: Message | undefined;
}

/** Everything the page needs to start, or to catch up after it lost the connection. */
export interface PageView {
  readonly botId: number;
  readonly chats: readonly ChatView[];
  readonly samples: readonly Pick<Sample, "name" | "title">[];
}

/** One piece; answers to presses travel with the press itself. */
export type PageEvent =
  | Exclude<WorldEvent, { kind: "answered" | "bot" }>
  | { readonly kind: "bot"; readonly bots: Readonly<Record<number, BotView>> };

/** What a person does on the page, sent to `/chat/<person>/<deed>`; files go as they are. */
export interface PageDeeds {
  /** `replyTo`: id of the message that it answers to. */
  readonly text: { readonly text: string; readonly replyTo?: number };
  readonly sample: { readonly name: string };
  readonly press: { readonly messageId: number; readonly data: string };
}

/** What the page is answered to a deed. */
export interface DeedAnswers {
  readonly text: { readonly ok: boolean };
  readonly sample: { readonly ok: boolean };
  readonly press: CallbackAnswer;
}
