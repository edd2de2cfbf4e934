/** What every reader of marked-up text answers, and how it refuses what can't be read. */
import type { MessageEntity } from "grammy/types";
import { type ApiError, badRequest } from "../api-error.ts";

/** A text with its entities. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** The refusal of a text whose entities are wrong. */
export function unparsed(reason: string): ApiError {
  return badRequest(`can't parse entities: ${reason}`);
}
