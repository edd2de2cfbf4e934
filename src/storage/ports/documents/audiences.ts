/**
 * The store of audiences over a document that names them, and the people of kept lists beside it. Promises that a list is there
 * whole or not at all: its people are durable before its name is.
 */
import type { Audience, ConditionedAudience } from "../../../domain/people/audience.ts";
import { sameName } from "../../../domain/people/audience.ts";
import type { AudienceReads, AudienceStore, HeldRow, Keeping, KeptRow, ListToKeep } from "../audiences.ts";
import type { StoredAudience, StoredKeptList } from "./audience-schema.ts";
import type { KeptDocument } from "./kept-document.ts";

/** The people of kept lists, by an id that nobody else knows. */
export interface KeptPeople {
  /** Whole and durable when it resolves, and nobody's before it is named. */
  write(
    columns: readonly string[],
    rows: AsyncIterable<KeptRow> | Iterable<KeptRow>,
  ): Promise<{ readonly listId: string; readonly count: number }>;
  discard(listId: string): Promise<void>;
  rows(listId: string): AsyncIterable<KeptRow>;
  /** Those of these names. */
  among(listId: string, usernames: readonly string[]): Promise<readonly KeptRow[]>;
}

type Named = KeptDocument<readonly StoredAudience[]>;

/** Makes the store. */
export function audiencesIn(document: Named, people: KeptPeople): AudienceStore {
  return new KeptAudiences(document, people);
}

class KeptAudiences implements AudienceStore {
  readonly #document: Named;
  readonly #people: KeptPeople;
  readonly #reads: AudienceReads;

  constructor(document: Named, people: KeptPeople) {
    this.#document = document;
    this.#people = people;
    this.#reads = audienceReads(() => document.read(), people);
  }

  all(): Promise<readonly Audience[]> {
    return this.#reads.all();
  }

  find(name: string): Promise<Audience | undefined> {
    return this.#reads.find(name);
  }

  rows(name: string): AsyncIterable<KeptRow> {
    return this.#reads.rows(name);
  }

  holding(usernames: readonly string[]): Promise<readonly HeldRow[]> {
    return this.#reads.holding(usernames);
  }

  async keepList({ rows, columns, ...about }: ListToKeep): Promise<Keeping> {
    const there = await this.#standing(about);
    if (there) return there;
    const { listId, count } = await this.#people.write(columns, rows);
    if (await this.#put({ kind: "list", ...about, columns, count, listId })) return "kept";
    await this.#people.discard(listId);
    return (await this.#standing(about)) ?? "taken";
  }

  async define(about: Omit<ConditionedAudience, "kind">): Promise<Keeping> {
    const there = await this.#standing(about);
    if (there) return there;
    if (await this.#put({ kind: "conditions", ...about })) return "kept";
    return (await this.#standing(about)) ?? "taken";
  }

  async rename(from: string, to: string): Promise<"renamed" | "gone" | "taken"> {
    let outcome: "renamed" | "gone" | "taken" = "renamed";
    await this.#document.update((all) => {
      const old = all.find((one) => sameName(one.name, from));
      const other = all.find((one) => sameName(one.name, to));
      outcome = "renamed";
      if (!old) outcome = other ? "renamed" : "gone";
      else if (other && other !== old) outcome = "taken";
      return outcome === "renamed" ? all.map((one) => (one === old ? { ...one, name: to } : one)) : all;
    });
    return outcome;
  }

  async remove(name: string, wantedAt = Infinity): Promise<boolean> {
    let gone: StoredAudience | undefined;
    await this.#document.update((all) => {
      gone = all.find((one) => sameName(one.name, name) && one.at <= wantedAt);
      return all.filter((one) => one !== gone);
    });
    if (gone?.kind === "list") await this.#people.discard(gone.listId);
    return gone !== undefined;
  }

  async forget(usernames: readonly string[]): Promise<number> {
    let lost = 0;
    for (const one of await this.#document.read())
      if (one.kind === "list") lost += await this.#forgetIn(one, usernames);
    return lost;
  }

  async #forgetIn(list: StoredKeptList, usernames: readonly string[]): Promise<number> {
    const { length: isOn } = await this.#people.among(list.listId, usernames);
    if (isOn === 0) return 0;
    const left = without(this.#people.rows(list.listId), new Set(usernames));
    const { listId, count } = await this.#people.write(list.columns, left);
    let isReplaced = false;
    await this.#document.update((all) => {
      isReplaced = all.some((now) => now.kind === "list" && now.listId === list.listId);
      return all.map((now) =>
        now.kind === "list" && now.listId === list.listId ? { ...now, listId, count } : now,
      );
    });
    await this.#people.discard(isReplaced ? list.listId : listId);
    if (isReplaced) return isOn;
    // Somebody else took people out of it meanwhile, or it is gone.
    const now = (await this.#document.read()).find((one) => one.ask === list.ask);
    return now?.kind === "list" ? this.#forgetIn(now, usernames) : 0;
  }

  async #standing({ name, ask }: Pick<Audience, "name" | "ask">): Promise<Keeping | undefined> {
    const there = (await this.#document.read()).find((one) => sameName(one.name, name));
    return there && (there.ask === ask ? "kept" : "taken");
  }

  /** Puts one where no other has the name. */
  async #put(stored: StoredAudience): Promise<boolean> {
    let isPut = false;
    await this.#document.update((all) => {
      isPut = !all.some((one) => sameName(one.name, stored.name));
      return isPut ? [...all, stored] : all;
    });
    return isPut;
  }
}

/** Looks at audiences as they stand at each question. */
export function audienceReads(
  stored: () => Promise<readonly StoredAudience[]>,
  people: Pick<KeptPeople, "rows" | "among">,
): AudienceReads {
  return {
    all: async () => (await stored()).map(shown).toSorted((a, b) => a.name.localeCompare(b.name)),
    async find(name) {
      const one = (await stored()).find((each) => sameName(each.name, name));
      return one && shown(one);
    },
    async *rows(name) {
      const list = (await stored()).find((one) => one.kind === "list" && sameName(one.name, name));
      if (list?.kind === "list") yield* people.rows(list.listId);
    },
    async holding(usernames) {
      const held: HeldRow[] = [];
      for (const one of await stored())
        if (one.kind === "list")
          for (const row of await people.among(one.listId, usernames))
            held.push({ ...row, list: one.name, columns: one.columns });
      return held;
    },
  };
}

function shown(stored: StoredAudience): Audience {
  if (stored.kind !== "list") return stored;
  const { listId: _, ...list } = stored;
  return list;
}

async function* without(rows: AsyncIterable<KeptRow>, left: ReadonlySet<string>): AsyncGenerator<KeptRow> {
  for await (const row of rows) if (!left.has(row.username)) yield row;
}
