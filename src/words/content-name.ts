/** What a message is, for whoever can't be shown the message itself: its text, a file by its name, a copy by its kind. */
import type { CopiedContent } from "../domain/copied-content.ts";
import { textOfHtml } from "../lib/text/html-text.ts";
import type { Words } from "./words.ts";

interface Content {
  readonly message?: string;
  readonly extras?: {
    readonly format?: "html";
    readonly attachment?: { readonly name: string };
    readonly copy?: CopiedContent;
  };
}

/** Without its formatting, a line for the text and one for what goes with it. */
export function seenContent({ message = "", extras }: Content, words: Words): string {
  const text = extras?.format === "html" ? textOfHtml(message) : message;
  const caption = text === "" ? extras?.copy?.caption : text;
  return [extras?.copy && copyName(extras.copy, words), caption, extras?.attachment?.name]
    .filter(Boolean)
    .join("\n");
}

/** The kind of what is copied; of an album how many messages it has. */
export function copyName({ kind, messageIds }: CopiedContent, words: Words): string {
  return words.plain(`content-${kind}`, { count: messageIds.length });
}
