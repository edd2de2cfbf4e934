import { parseTemplate, unknownVariables, variablesOf } from "./template.ts";

/** Variables of a message that have neither a column nor a fallback. */
export function missingIn(message: string, columns: readonly string[]): readonly string[] {
  const parsed = parseTemplate(message);
  if (!parsed.ok) return [];
  const unknown = unknownVariables(parsed.template, columns);
  const bare = variablesOf(parsed.template).filter(({ fallback }) => fallback === "");
  return bare.map(({ name }) => name).filter((name) => unknown.includes(name));
}
