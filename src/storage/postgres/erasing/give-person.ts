/** All that the tables hold of one person, as it stands there, by the rules by which it would be erased. */
import type { PersonToErase } from "../../../domain/people/erased.ts";
import { erasedName } from "../../../domain/people/erased.ts";
import { createPersonMatch } from "../../ports/erased/person-match.ts";
import type { PersonRecord } from "../../ports/person-reads.ts";
import type { Database } from "../database.ts";
import { personTables } from "./person-tables.ts";
import { whereTheyStand } from "./where-they-stand.ts";

/** All of one moment, beside any number of processes at work. */
export function givePerson(database: Database, person: PersonToErase): Promise<readonly PersonRecord[]> {
  const standIn = erasedName("");
  const match = createPersonMatch(person, { ofName: () => standIn, ofId: () => standIn });
  return database.inTransaction(
    async (here) => {
      const asked = await whereTheyStand(here, match, { holds: false });
      const given: PersonRecord[] = [];
      for (const [file, { rule }] of Object.entries(personTables))
        for (const value of (await rule?.found(asked)) ?? []) given.push({ file, value });
      return given;
    },
    { readsOneMoment: true },
  );
}
