import type { Recipient } from "../../domain/recipient.ts";
import { parseTemplate, renderTemplate } from "../../domain/template.ts";
import { htmlOfText } from "../../lib/text/html-text.ts";

/** A message as far as its text goes; campaigns and drafts are such. */
interface Text {
  readonly message: string;
  readonly extras?: { readonly format?: "html" };
}

/**
 * Makes the function that writes a message for one recipient; in HTML the values of variables are escaped, so that a
 * cell can't break or forge the formatting.
 * @throws {Error} when the message holds a broken variable; whoever takes messages in has checked that
 */
export function createRenderer({ message, extras }: Text): (recipient: Recipient) => string {
  const parsed = parseTemplate(message);
  if (!parsed.ok) throw new Error("the message holds a broken variable");
  const { template } = parsed;
  if (extras?.format !== "html") return (recipient) => renderTemplate(template, recipient);
  return (recipient) => renderTemplate(template, recipient, htmlOfText);
}
