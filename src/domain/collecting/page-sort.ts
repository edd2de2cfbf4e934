import type { Lead } from "./lead.ts";

/** The people of a page by whether the list knows them. */
export interface SortedPage {
  /** Not in the list yet; each once. */
  readonly fresh: readonly Lead[];
  /** Places in the list of those this target shows for the first time although the list has them. */
  readonly known: readonly number[];
  /** Times that somebody came again. */
  readonly again: number;
}

/** What sorting must know of a list. */
export interface Acquaintance {
  /** The lead's place in the list; undefined when it is not in it. */
  readonly placeOf: (lead: Lead) => number | undefined;
  /** The target showed that person before. */
  readonly wasSighted: (place: number) => boolean;
}

/** Sorts a page's people; changes nothing. */
export function sortPage(leads: readonly Lead[], { placeOf, wasSighted }: Acquaintance): SortedPage {
  const fresh = new Map<string, Lead>();
  const known = new Set<number>();
  let again = 0;
  for (const lead of leads) {
    const place = placeOf(lead);
    const isNew = place === undefined && !fresh.has(lead.id);
    if (isNew) fresh.set(lead.id, lead);
    else if (place !== undefined && !wasSighted(place) && !known.has(place)) known.add(place);
    else again++;
  }
  return { fresh: [...fresh.values()], known: [...known], again };
}
