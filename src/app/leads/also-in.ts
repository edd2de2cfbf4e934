import type { ListName } from "../../domain/collecting/collection.ts";
import { targetKey } from "../../domain/collecting/lead.ts";
import type { LeadReads } from "../../storage/ports/reads.ts";

/** A target of a list that other lists have too, under whatever name. */
export interface AlsoIn {
  readonly query: string;
  readonly lists: readonly ListName[];
}

/**
 * Targets that other lists have as well: the same account or post by the platform's own id, however it was named. Which
 * it is shows with a target's first page, so that two lists may have been made of one account by then.
 */
export async function alsoIn(
  { leadStore }: { readonly leadStore: Pick<LeadReads, "find" | "summaries"> },
  list: ListName,
): Promise<readonly AlsoIn[]> {
  const own = await leadStore.find(list);
  const targets = (await own?.state())?.targets ?? [];
  if (targets.every(({ identity }) => identity === undefined)) return [];
  const others = (await leadStore.summaries()).filter((one) => one.list !== list);
  return targets.flatMap(({ target, identity, twin }) => {
    if (identity === undefined || twin !== undefined) return [];
    const ofSource = targetKey({ source: target.source, query: "" });
    const lists = others
      .filter((other) =>
        other.targets.some((one) => one.identity === identity && one.key.startsWith(ofSource)),
      )
      .map((other) => other.list);
    return lists.length === 0 ? [] : [{ query: target.query, lists }];
  });
}
