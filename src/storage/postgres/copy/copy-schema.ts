/** The tables of the copy: the schema `peyk_copy`. */
import type { Schema } from "../migrate.ts";
import { schemaSql } from "../migrate.ts";
import { cursors } from "./migrations/cursors.ts";
import { deliveries } from "./migrations/deliveries.ts";
import { firstTables } from "./migrations/first-tables.ts";
import { IS_IN_OLD_PLACE, fromOldPlace } from "./migrations/from-old-place.ts";

export const copySchema: Schema = {
  name: "peyk_copy",
  migrations: [firstTables, deliveries, cursors],
  lock: 7_362_001,
  oldPlace: { isThere: IS_IN_OLD_PLACE, move: fromOldPlace },
};

/** What an administrator runs where the role of Peyk may make no tables. */
export function copySql(): string {
  return schemaSql(copySchema);
}
