/** Suites that run once more with everything in PostgreSQL: some of them each day, and all in `--mode long`. */
import { oneOfToday } from "../every-moment.ts";
import { onBoth } from "./store-suites.ts";

/** Those that say most of the whole, every day. */
const always = ["tests/model/start-again.test.ts", "tests/cli/do-not-send.test.ts"];

/** @param mode Of the run: vitest tells it to whoever makes its settings before it tells anybody else */
export function onPostgres(mode: string): string[] {
  const others = onBoth.filter((one) => !always.includes(one));
  return [...always, ...(mode === "long" ? others : oneOfToday(others))];
}
