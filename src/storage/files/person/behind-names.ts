/**
 * Who is behind names by what channels wrote down: subscribers of the bot, and the people that were looked up elsewhere.
 * Only lines about these names and ids are read; whoever else is in the files costs next to nothing.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { KeptPerson } from "../../../domain/people/person.ts";
import type { Subscriber } from "../../../domain/people/subscriber.ts";
import { idInName } from "../../../domain/people/subscriber.ts";
import { looksWhole, scanLines } from "../../../lib/log/line-scan.ts";
import type { Sought } from "../../ports/person-reads.ts";
import { parseIdentity } from "../people/identity-store.ts";
import { SUBSCRIBERS_FILE, parseSubscriber } from "../people/subscriber-store.ts";

/** A line: somebody was seen with a name, or without one. */
interface Seen {
  readonly id: string;
  readonly name?: string;
  readonly at: number;
  readonly subscriber?: Subscriber;
}

/** A file of such lines, and how they say a name and an id. */
interface Book {
  readonly channel: string;
  readonly path: string;
  readonly byName: (name: string) => string;
  readonly byId: (id: string) => string;
  readonly parse: (line: string) => Seen;
}

export async function peopleBehind(dataDir: string, sought: Sought): Promise<readonly KeptPerson[]> {
  const found: KeptPerson[] = [];
  for (const book of await booksIn(dataDir)) found.push(...(await peopleIn(book, sought)));
  return found;
}

const PEOPLE_FILE = /^([a-z]+)-people\.jsonl$/;

async function booksIn(dataDir: string): Promise<readonly Book[]> {
  const names = await readdir(dataDir).catch(() => []);
  const lookedUp = names.flatMap((name): Book[] => {
    const channel = PEOPLE_FILE.exec(name)?.[1];
    return channel === undefined ? [] : [lookedUpBook(channel, join(dataDir, name))];
  });
  return [...lookedUp, subscriberBook(join(dataDir, SUBSCRIBERS_FILE))];
}

function lookedUpBook(channel: string, path: string): Book {
  return {
    channel,
    path,
    byName: (name) => `"u":${JSON.stringify(name)}`,
    byId: (id) => `"id":${JSON.stringify(id)}`,
    parse(line) {
      const { u: name, id, at } = parseIdentity(line);
      return { id, name, at };
    },
  };
}

function subscriberBook(path: string): Book {
  return {
    channel: "telegram",
    path,
    byName: (name) => `"username":${JSON.stringify(name)}`,
    byId: (id) => `"id":${id},`,
    parse(line) {
      const subscriber = parseSubscriber(line);
      const { id, username, at } = subscriber;
      return { id: String(id), at, subscriber, ...(username === undefined ? {} : { name: username }) };
    },
  };
}

async function peopleIn(book: Book, { names, ids }: Sought): Promise<readonly KeptPerson[]> {
  const asked = new Set(ids);
  for (const name of names) if (idInName(name) !== undefined) asked.add(String(idInName(name)));
  const meant = new Set<string>();
  const isMeant = ({ id, name = "" }: Seen): boolean => asked.has(id) || names.includes(name);
  await read(book, { names, ids: [...asked] }, (seen) => void (isMeant(seen) && meant.add(seen.id)));
  if (meant.size === 0) return [];
  const lines = new Map<string, Seen[]>([...meant].map((id) => [id, []]));
  await read(book, { names: [], ids: [...meant] }, (seen) => lines.get(seen.id)?.push(seen));
  const called = new Set([...lines.values()].flat().flatMap(({ name }) => name ?? []));
  const holders = new Map<string, string>();
  await read(book, { names: [...called], ids: [] }, ({ id, name }) => {
    if (name !== undefined) holders.set(name, id);
  });
  return [...lines].map(([id, seen]) => personOf(book.channel, id, { seen, holders }));
}

interface Told {
  readonly seen: readonly Seen[];
  readonly holders: ReadonlyMap<string, string>;
}

function personOf(channel: string, id: string, { seen, holders }: Told): KeptPerson {
  const names = new Map<string, number>();
  for (const { name, at } of seen) {
    if (name === undefined) continue;
    // The order of the map is that of the last lines. A name that is to be asked for anew was theirs before.
    const before = names.get(name) ?? at;
    names.delete(name);
    names.set(name, at === 0 ? before : at);
  }
  const passedOn = [...names.keys()].filter((name) => holders.get(name) !== id);
  const subscriber = seen.at(-1)?.subscriber;
  return {
    channel,
    id,
    names: [...names].map(([name, at]) => ({ name, at })),
    passedOn,
    ...(subscriber ? { subscriber: withoutPassedOn(subscriber, passedOn) } : {}),
  };
}

/** Whose name somebody else has by now has none, until Telegram says another one. */
function withoutPassedOn(subscriber: Subscriber, passedOn: readonly string[]): Subscriber {
  const { username, ...nameless } = subscriber;
  return username !== undefined && passedOn.includes(username) ? nameless : subscriber;
}

async function read(book: Book, { names, ids }: Sought, take: (seen: Seen) => void): Promise<void> {
  const texts = [...names.map(book.byName), ...ids.filter((id) => /^\d+$/.test(id)).map(book.byId)];
  if (texts.length === 0) return;
  await scanLines(book.path, {
    texts,
    isWanted: (bytes, start, end) => !looksWhole(bytes, start, end),
    onLine: (line) => take(book.parse(line)),
  });
}
