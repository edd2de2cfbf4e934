import type { Recipient } from "../domain/recipient.ts";
import { parseTemplate, renderTemplate } from "../domain/template.ts";

/**
 * Makes the function that writes a message for one recipient.
 * @throws {Error} when the message holds a broken variable; whoever takes messages in has checked that
 */
export function createRenderer(message: string): (recipient: Recipient) => string {
  const parsed = parseTemplate(message);
  if (!parsed.ok) throw new Error("the message holds a broken variable");
  return (recipient) => renderTemplate(parsed.template, recipient);
}
