/** What a person was called before: whoever must not be written to under one name must not be under the next one. */
interface Named {
  readonly username?: string;
  readonly formerly?: readonly string[];
}

/** How somebody stands from now on, with every name that they stood under before. */
export function keepingNames<Person extends Named>(before: Named | undefined, now: Person): Person {
  const names = new Set([...(before?.formerly ?? []), ...(now.formerly ?? [])]);
  if (before?.username !== undefined) names.add(before.username);
  if (now.username !== undefined) names.delete(now.username);
  const known = now.formerly ?? [];
  const isSame = names.size === known.length && known.every((name) => names.has(name));
  return isSame ? now : { ...now, formerly: [...names] };
}
