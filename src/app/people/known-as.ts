/** By what all a person is known in what is kept. */
import type { PersonToErase } from "../../domain/people/erased.ts";
import { namesToSeek } from "../../domain/people/person.ts";
import type { PersonReads, Sought } from "../../storage/ports/person-reads.ts";

/** Every name and id of whom somebody asks for; a name that somebody else has by now is theirs. */
export async function knownAs(
  person: Pick<PersonReads, "behind" | "onLists">,
  sought: Sought,
): Promise<PersonToErase> {
  const kept = await person.behind(sought);
  const passedOn = new Set(kept.flatMap((one) => one.passedOn));
  const asked = new Set(sought.names);
  const names = namesToSeek(sought.names, kept).filter((name) => asked.has(name) || !passedOn.has(name));
  const ids = [...sought.ids, ...kept.map(({ id }) => id)];
  const { found } = await person.onLists({ names, ids });
  return { names, ids: [...new Set([...ids, ...found.map(({ id }) => id)])] };
}
