/** Who is in charge by the settings: of the bot `OPERATOR_IDS`, of the playground its people. */
import type { Config } from "../config.ts";
import type { Person } from "../playground/playground.ts";

/** People of the playground: two who may control campaigns, one in each language, and one who may not. */
export const PERSONS: readonly Person[] = [
  { id: 1001, firstName: "Sara", username: "sara", languageCode: "en", role: "operator" },
  { id: 1002, firstName: "نیما", username: "nima", languageCode: "fa", role: "operator" },
  { id: 1003, firstName: "Robin", username: "robin", languageCode: "en", role: "stranger" },
];

/** In the playground its people, whatever the settings say. */
export function operatorsOf({
  botToken,
  operatorIds,
}: Pick<Config, "botToken" | "operatorIds">): readonly number[] {
  if (botToken !== undefined) return operatorIds;
  return PERSONS.filter(({ role }) => role === "operator").map(({ id }) => id);
}
