/**
 * One person in all that is kept: who a name means, on each channel for itself. The platform's id decides where it is
 * known: whoever changed the name is one person, and a name that passed to somebody else means two.
 */
import type { Subscriber } from "./subscriber.ts";
import { idInName, recipientNameOf } from "./subscriber.ts";

/** A name and when it was last seen with the person, ms since the epoch. */
export interface SeenName {
  readonly name: string;
  readonly at: number;
}

/** Somebody as a channel wrote them down. */
export interface KeptPerson {
  readonly channel: string;
  /** The platform's own. */
  readonly id: string;
  /** Every name they were ever seen with, those since passed to somebody else too; the last one seen is last. */
  readonly names: readonly SeenName[];
  /** Names of these that somebody else was seen with later. */
  readonly passedOn: readonly string[];
  /** Of the bot's audience: how they stand there. */
  readonly subscriber?: Subscriber;
}

/** Where a name of a campaign's list stands, and who was behind it when it was written to. */
export interface NamedRow {
  readonly username: string;
  readonly personId?: string;
}

/** One person on one channel, with what was found of them. */
export interface FoundPerson<Row extends NamedRow> {
  readonly channel: string;
  /** Absent: nobody ever looked up who is behind the name there. */
  readonly id?: string;
  /** As they are called now, as far as is known. */
  readonly name: string;
  /** What they were called before, the latest first. */
  readonly formerly: readonly string[];
  readonly subscriber?: Subscriber;
  readonly rows: readonly Row[];
}

/** Every name under which these people may stand in a campaign's list. */
export function namesToSeek(asked: readonly string[], people: readonly KeptPerson[]): readonly string[] {
  const known = people.flatMap(({ id, names, subscriber }) => [
    ...names.map(({ name }) => name),
    ...(subscriber ? [`id${id}`] : []),
  ]);
  return [...new Set([...asked, ...known])];
}

/**
 * Puts what was found on one channel to the people it is about: by the id that the attempt was made with, else by who has
 * the name now. A name that nobody looked up is a person of its own.
 */
export function sortedByPerson<Row extends NamedRow>(
  channel: string,
  kept: readonly KeptPerson[],
  rows: readonly Row[],
): readonly FoundPerson<Row>[] {
  const byId = new Map<string, Row[]>(kept.map(({ id }) => [id, []]));
  const byName = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row.personId ?? holderOf(row.username, kept)?.id;
    const [map, key] = id === undefined ? [byName, row.username] : [byId, id];
    const of = map.get(key) ?? [];
    map.set(key, of);
    of.push(row);
  }
  const withId = [...byId].map(([id, of]) => personOf(channel, id, { kept, rows: of }));
  const nameless = [...byName].map(([name, of]) => ({ channel, name, formerly: [], rows: of }));
  return [...withId, ...nameless];
}

function holderOf(username: string, kept: readonly KeptPerson[]): KeptPerson | undefined {
  const meant = idInName(username);
  return kept.find(
    ({ id, names, passedOn }) =>
      String(meant) === id || (names.some(({ name }) => name === username) && !passedOn.includes(username)),
  );
}

interface Known<Row> {
  readonly kept: readonly KeptPerson[];
  readonly rows: readonly Row[];
}

/** Whoever is known by an attempt alone is called as they were then. */
function personOf<Row extends NamedRow>(
  channel: string,
  id: string,
  { kept, rows }: Known<Row>,
): FoundPerson<Row> {
  const person = kept.find((one) => one.id === id);
  const seen = person?.names.map(({ name }) => name) ?? [];
  const latestFirst = [...new Set([...seen.toReversed(), ...rows.map(({ username }) => username)])];
  const own = latestFirst.filter((name) => idInName(name) === undefined);
  const current = own.find((name) => person?.passedOn.includes(name) !== true);
  const { subscriber } = person ?? {};
  const name = subscriber ? recipientNameOf(subscriber) : (current ?? latestFirst[0] ?? id);
  return {
    channel,
    id,
    name,
    formerly: own.filter((one) => one !== name),
    ...(subscriber ? { subscriber } : {}),
    rows,
  };
}
