/** What is kept of people and names that a deed was about. */
import type { About } from "../../domain/history/entry.ts";
import { parseUsername } from "../../domain/people/username.ts";

/** Of so few people the names are kept; of more only how many they were. */
const MOST_NAMED = 3;

export function peopleIn(names: Iterable<string>): About {
  const all = [...names];
  if (all.length > MOST_NAMED) return { count: all.length };
  // What is no name may be anything, and is nobody's.
  const people = all.map((one) => parseUsername(one)).flatMap((one) => (one.ok ? [one.username] : []));
  return { count: all.length, people };
}

export const named = (name: string): About => ({ list: name });
