/** A document whose rows have a name of their own each: how one comes in and goes out. */
import type { KeptDocument } from "./kept-document.ts";

interface Named {
  readonly name: string;
}

type Rows<Row extends Named> = Pick<KeptDocument<readonly Row[]>, "update">;

/** Adds a row once: the very same one is there already, another one of its name is `taken`. @param most As many there may be */
export async function addNamed<Row extends Named>(
  rows: Rows<Row>,
  given: Row,
  { most, isSame }: { readonly most: number; readonly isSame: (one: Row, other: Row) => boolean },
): Promise<"added" | "taken" | "full"> {
  let result: "added" | "taken" | "full" = "added";
  await rows.update((there) => {
    const same = there.find(({ name }) => name === given.name);
    if (same) result = isSame(same, given) ? "added" : "taken";
    else result = there.length >= most ? "full" : "added";
    return same || result !== "added" ? undefined : [...there, given];
  });
  return result;
}

/** Answers false when there is none of that name. */
export async function removeNamed<Row extends Named>(rows: Rows<Row>, name: string): Promise<boolean> {
  const changed = await rows.update((there) =>
    there.some((one) => one.name === name) ? there.filter((one) => one.name !== name) : undefined,
  );
  return changed !== undefined;
}
