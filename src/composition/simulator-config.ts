/** How the simulator is set up: the format in which that is kept, and the accounts it is given beside. */
import type { SimulatorConfig } from "../channels/simulator/config.ts";
import { simulatorConfigSchema } from "../channels/simulator/config.ts";

export const simulatorFormat = { version: 1, schema: simulatorConfigSchema };

/** The made-up people of whoever wants no others. */
export function usualPeople(): SimulatorConfig {
  return simulatorConfigSchema.parse({});
}

/** Kept with the rest: whoever goes on with the campaign later needs the same accounts. */
export function withAccounts(config: SimulatorConfig, names: readonly string[]): SimulatorConfig {
  const known = new Set(config.accounts.map(({ name }) => name));
  const added = [...new Set(names)].filter((name) => !known.has(name)).map((name) => ({ name, caps: {} }));
  return { ...config, accounts: [...config.accounts, ...added] };
}
