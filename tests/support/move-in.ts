/** Carries what was laid into a data folder to where a Peyk keeps it: also where no test runs. */
import { moveHouse } from "../../src/composition/moving.ts";
import type { Config } from "../../src/config.ts";
import { readConfig } from "../../src/config.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Settings, Where } from "./stored.ts";

/** What a Peyk makes of its settings. */
export function configOf(settings: Settings): Config {
  const read = readConfig(settings);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

/** Moves it into the database, as `peyk move` does; what is kept in files lies where it belongs. */
export async function moveIn({ dataDir, own }: Where): Promise<void> {
  if (own["DATABASE_URL"] === undefined) return;
  await moveHouse(configOf({ ...own, DATA_DIR: dataDir }), {
    way: "toDatabase",
    tell: () => undefined,
    interrupted: new AbortController().signal,
    clock: systemClock,
    login: "test",
  });
}
