import type { Config } from "../config.ts";
import { TroubledError } from "../lib/trouble.ts";

/** What is only done with a folder. @throws {TroubledError} where everything is in a database */
export function inFiles<C extends Pick<Config, "store">>(config: C): C {
  if (config.store === "files") return config;
  throw new TroubledError("This can't be done with STORE=postgres.", { code: "notWithPostgres" });
}
