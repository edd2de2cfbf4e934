import { fixedLength, parseTemplate, unknownVariables } from "../domain/template.ts";
import type { MessageProblem } from "./app.ts";

/**
 * Looks a message over before anything else is asked: everything that would be wrong for every recipient, at once.
 *
 * Too long means that the text around the variables alone is longer than the channel takes; what values add is seen
 * when the message is rendered.
 * @param columns Columns of the list, without the username column
 * @param maxLength Longest message the channel takes, in UTF-16 units
 */
export function checkMessage(
  message: string,
  columns: readonly string[],
  maxLength: number,
): readonly MessageProblem[] {
  if (isBlank(message)) return [{ problem: "empty" }];
  const parsed = parseTemplate(message);
  if (!parsed.ok) return [{ problem: "brokenVariable", text: parsed.broken }];
  const problems: MessageProblem[] = [];
  const unknown = unknownVariables(parsed.template, columns);
  if (unknown.length > 0)
    problems.push({ problem: "unknownVariables", unknown, known: ["username", ...columns] });
  const length = fixedLength(parsed.template);
  if (length > maxLength) problems.push({ problem: "tooLong", length, max: maxLength });
  return problems;
}

/** Messengers cut invisible marks away: what is left of them alone is nothing. */
function isBlank(message: string): boolean {
  return message.replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "").trim() === "";
}
