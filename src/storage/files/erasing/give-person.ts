/** All that the files of a data folder hold of one person, as it stands there, by the rules by which it would be erased. */
import { join, relative } from "node:path";
import type { PersonToErase } from "../../../domain/people/erased.ts";
import { erasedName } from "../../../domain/people/erased.ts";
import type { PersonRecord } from "../../ports/person-reads.ts";
import { personFiles } from "./person-files.ts";
import { createPersonMatch } from "../../ports/erased/person-match.ts";
import { givingPen } from "./rewriting.ts";

/** For what would write: nothing is, where somebody's data is given. */
function beforeWrite(): never {
  throw new Error("nothing is written where somebody's data is given");
}

/** Reads beside a Peyk at work, and changes nothing. */
export async function givePerson(dataDir: string, person: PersonToErase): Promise<readonly PersonRecord[]> {
  const given: PersonRecord[] = [];
  const pen = givingPen((path, value) => given.push({ file: relative(dataDir, path), value }));
  const standIn = erasedName("");
  const match = createPersonMatch(person, { ofName: () => standIn, ofId: () => standIn });
  for (const [name, forget] of Object.entries(personFiles))
    await forget(join(dataDir, name), { match, now: 0, pen, beforeWrite });
  return given;
}
