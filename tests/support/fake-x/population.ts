/** Who lives on the fake X, under which name, in which state, and who follows whom. */
import type { FakePerson, PersonState } from "./options.ts";

export interface Person {
  readonly id: string;
  /** The name of now; `names` holds every one there was. */
  username: string;
  readonly names: string[];
  readonly displayName: string;
  state: Exclude<PersonState, object>;
  /** Ids of followers, newest first. */
  readonly followers: string[];
}

/** Larger than what a JSON number can hold exactly. */
const FIRST_ID = 1_700_000_000_000_000_003n;
const ID_STEP = 1_009n;

export class Population {
  readonly #byName = new Map<string, Person>();
  readonly #byFormerName = new Map<string, Person>();
  readonly #byId = new Map<string, Person>();

  add(given: FakePerson): Person {
    const person = this.#born(given);
    const state = given.state ?? "ok";
    if (typeof state === "object") this.rename(given.name, state.renamedTo);
    else person.state = state;
    for (const follower of given.followers ?? [])
      person.followers.push((this.named(follower) ?? this.add({ name: follower })).id);
    return person;
  }

  /** By the name of now, in any case. */
  named(username: string): Person | undefined {
    return this.#byName.get(username.toLowerCase());
  }

  /** By any name somebody has or had. */
  everNamed(username: string): Person {
    const person = this.named(username) ?? this.#byFormerName.get(username.toLowerCase());
    if (!person) throw new Error(`nobody is or was called ${username}`);
    return person;
  }

  withId(id: string): Person | undefined {
    return this.#byId.get(id);
  }

  rename(from: string, to: string): void {
    const person = this.everNamed(from);
    this.#byName.delete(person.username.toLowerCase());
    this.#byFormerName.set(person.username.toLowerCase(), person);
    person.username = to;
    person.names.push(to);
    this.#byName.set(to.toLowerCase(), person);
  }

  #born({ name, id, displayName }: FakePerson): Person {
    const known = this.named(name);
    if (known) return known;
    const person: Person = {
      id: id ?? String(FIRST_ID + ID_STEP * BigInt(this.#byId.size)),
      username: name,
      names: [name],
      displayName: displayName ?? `${name} (X)`,
      state: "ok",
      followers: [],
    };
    this.#byName.set(name.toLowerCase(), person);
    this.#byId.set(person.id, person);
    return person;
  }
}

/** Makes up names, e.g. `fan_0001`; useful for people and for followers alike. */
export function crowd(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}_${String(index + 1).padStart(4, "0")}`);
}
