/** Who has which tag. Names are usernames as lists have them; a subscriber has tags under `id` and the Telegram id. */

export interface TagChange {
  readonly t: "add" | "remove";
  readonly tag: string;
  readonly names: readonly string[];
  /** ms since the epoch */
  readonly at: number;
}

interface Counted {
  readonly tag: string;
  readonly count: number;
}

/** The most used first. */
export function inTagOrder(a: Counted, b: Counted): number {
  return b.count - a.count || a.tag.localeCompare(b.tag);
}

export class TagBook {
  /** By tag: each name, and since when it has it. */
  readonly #tags = new Map<string, Map<string, number>>();

  apply({ t, tag, names, at }: TagChange): void {
    const people = this.#tags.get(tag) ?? new Map<string, number>();
    for (const name of names)
      if (t === "remove") people.delete(name);
      else if (!people.has(name)) people.set(name, at);
    if (people.size === 0) this.#tags.delete(tag);
    else this.#tags.set(tag, people);
  }

  /** @param by ms since the epoch: whoever got it later does not count */
  has(tag: string, name: string, by = Infinity): boolean {
    const since = this.#tags.get(tag)?.get(name);
    return since !== undefined && since <= by;
  }

  counts(): readonly Counted[] {
    return [...this.#tags].map(([tag, people]) => ({ tag, count: people.size })).toSorted(inTagOrder);
  }

  of(names: readonly string[]): readonly string[] {
    return [...this.#tags]
      .filter(([, people]) => names.some((name) => people.has(name)))
      .map(([tag]) => tag)
      .toSorted((a, b) => a.localeCompare(b));
  }

  /** Every tag of these names as changes that take them. */
  without(names: readonly string[]): readonly TagChange[] {
    const meant = new Set(names);
    return [...this.#tags].flatMap(([tag, people]) => {
      const theirs = [...people.keys()].filter((name) => meant.has(name));
      return theirs.length === 0 ? [] : [{ t: "remove" as const, tag, names: theirs, at: 0 }];
    });
  }

  /** Everything as changes from nothing on, so many names in one at most. */
  *changes(most: number): Generator<TagChange> {
    for (const [tag, people] of this.#tags) yield* inParts(tag, [...people], most);
  }
}

function* inParts(
  tag: string,
  people: readonly (readonly [string, number])[],
  most: number,
): Generator<TagChange> {
  for (let from = 0, to = 0; from < people.length; from = to) {
    const at = people[from]?.[1] ?? 0;
    while (to < people.length && to - from < most && people[to]?.[1] === at) to++;
    yield { t: "add", tag, names: people.slice(from, to).map(([name]) => name), at };
  }
}
