/**
 * Audiences in `data/audiences.json`, and the people of kept lists in `data/audiences/`. Owns both; promises that a list is there
 * whole or not at all: its people are on disk before its name is.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Audience, ConditionedAudience, Conditions, KeptList } from "../../../domain/people/audience.ts";
import { sameName } from "../../../domain/people/audience.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Document } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type {
  AudienceReads,
  AudienceStore,
  HeldRow,
  Keeping,
  KeptRow,
  ListToKeep,
} from "../../ports/audiences.ts";
import type { ListStore } from "../../ports/lists.ts";
import { isListId, listsFolder } from "../lists/list-files.ts";
import { listRows, openListStore } from "../lists/list-store.ts";

/** The document in the data folder, and the folder of its lists. */
export const AUDIENCES_FILE = "audiences.json";
export const AUDIENCES_FOLDER = "audiences";

const texts = z.array(z.string()).min(1);

const conditionsSchema: z.ZodType<Conditions> = z.strictObject({
  sources: texts.exactOptional(),
  languages: texts.exactOptional(),
  joinedSince: z.number().exactOptional(),
  got: texts.exactOptional(),
  notGot: texts.exactOptional(),
  answered: texts.exactOptional(),
  notAnswered: texts.exactOptional(),
  tags: texts.exactOptional(),
  withoutTags: texts.exactOptional(),
});

const common = { name: z.string().min(1), at: z.number(), ask: z.string() };

type StoredKeptList = KeptList & { readonly listId: string };
type Stored = ConditionedAudience | StoredKeptList;

const storedSchema: z.ZodType<Stored> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("list"),
    ...common,
    count: z.int().nonnegative(),
    columns: z.array(z.string()),
    origin: z.string(),
    listId: z.string(),
  }),
  z.strictObject({ kind: z.literal("conditions"), ...common, conditions: conditionsSchema }),
]);

const format = { version: 1, schema: z.array(storedSchema) };

export interface AudienceStoreParts {
  readonly clock: Pick<Clock, "now">;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  /** Told when the document can't be understood: it was set aside. */
  readonly onProblem: (error: Error) => void;
}

/** Opens the audiences of a data folder; people whose list was never named, or is no more, are thrown away. */
export async function openAudienceStore(dataDir: string, parts: AudienceStoreParts): Promise<AudienceStore> {
  const { clock, beforeWrite, onProblem } = parts;
  let isWhole = true;
  const document = await openDocument<readonly Stored[]>(join(dataDir, AUDIENCES_FILE), {
    ...format,
    initial: [],
    beforeWrite,
    onSetAside: (error) => {
      isWhole = false;
      onProblem(error);
    },
  });
  const folder = join(dataDir, AUDIENCES_FOLDER);
  const lists = await openListStore(folder, { clock });
  // What a document that was set aside names is left for whoever mends it.
  if (isWhole) for (const id of await unnamed(folder, document.get())) await lists.discard(id);
  return new FileAudienceStore(folder, document, lists);
}

type StoredLists = Pick<ListStore, "create" | "discard">;

class FileAudienceStore implements AudienceStore {
  readonly #folder: string;
  readonly #document: Document<readonly Stored[]>;
  readonly #lists: StoredLists;
  readonly #reads: AudienceReads;

  constructor(folder: string, document: Document<readonly Stored[]>, lists: StoredLists) {
    this.#folder = folder;
    this.#document = document;
    this.#lists = lists;
    this.#reads = readsOf(folder, async () => document.get());
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
    const there = this.#standing(about);
    if (there) return there;
    const { listId, count } = await written(this.#lists, columns, rows);
    if (await this.#put({ kind: "list", ...about, columns, count, listId })) return "kept";
    await this.#lists.discard(listId);
    return this.#standing(about) ?? "taken";
  }

  async define(about: Omit<ConditionedAudience, "kind">): Promise<Keeping> {
    const there = this.#standing(about);
    if (there) return there;
    return (await this.#put({ kind: "conditions", ...about })) ? "kept" : (this.#standing(about) ?? "taken");
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
    const gone = this.#document.get().find((one) => sameName(one.name, name) && one.at <= wantedAt);
    await this.#document.update((all) => all.filter((one) => one !== gone));
    if (gone?.kind === "list") await this.#lists.discard(gone.listId);
    return gone !== undefined;
  }

  async forget(usernames: readonly string[]): Promise<number> {
    const meant = new Set(usernames);
    let lost = 0;
    for (const one of this.#document.get()) if (one.kind === "list") lost += await this.#forgetIn(one, meant);
    return lost;
  }

  async #forgetIn(list: StoredKeptList, meant: ReadonlySet<string>): Promise<number> {
    let isOn = 0;
    for await (const { username } of listRows(this.#folder, list.listId)) if (meant.has(username)) isOn++;
    if (isOn === 0) return 0;
    const left = without(listRows(this.#folder, list.listId), meant);
    const { listId, count } = await written(this.#lists, list.columns, left);
    await this.#document.update((all) =>
      all.map((now) => (now.kind === "list" && now.listId === list.listId ? { ...now, listId, count } : now)),
    );
    await this.#lists.discard(list.listId);
    return isOn;
  }

  #standing({ name, ask }: Pick<Audience, "name" | "ask">): Keeping | undefined {
    const there = this.#document.get().find((one) => sameName(one.name, name));
    return there && (there.ask === ask ? "kept" : "taken");
  }

  /** Puts one where no other has the name. */
  async #put(stored: Stored): Promise<boolean> {
    let isPut = false;
    await this.#document.update((all) => {
      isPut = !all.some((one) => sameName(one.name, stored.name));
      return isPut ? [...all, stored] : all;
    });
    return isPut;
  }
}

/** Looks at the audiences of a data folder without opening anything, beside whoever owns it. */
export function lookAtAudiences(dataDir: string): AudienceReads {
  return readsOf(
    join(dataDir, AUDIENCES_FOLDER),
    async () => (await readDocument(join(dataDir, AUDIENCES_FILE), format)) ?? [],
  );
}

function readsOf(folder: string, stored: () => Promise<readonly Stored[]>): AudienceReads {
  const listNamed = async (name: string) =>
    (await stored()).find((one) => one.kind === "list" && sameName(one.name, name));
  return {
    all: async () => (await stored()).map(shown).toSorted((a, b) => a.name.localeCompare(b.name)),
    async find(name) {
      const one = (await stored()).find((each) => sameName(each.name, name));
      return one && shown(one);
    },
    async *rows(name) {
      const list = await listNamed(name);
      if (list?.kind === "list") yield* listRows(folder, list.listId);
    },
    async holding(usernames) {
      const meant = new Set(usernames);
      const held: HeldRow[] = [];
      for (const one of await stored())
        if (one.kind === "list")
          for await (const row of listRows(folder, one.listId))
            if (meant.has(row.username)) held.push({ ...row, list: one.name, columns: one.columns });
      return held;
    },
  };
}

function shown(stored: Stored): Audience {
  if (stored.kind !== "list") return stored;
  const { listId: _, ...list } = stored;
  return list;
}

/** Lists that no name stands for: a crash came between the two. */
async function unnamed(folder: string, stored: readonly Stored[]): Promise<readonly string[]> {
  const named = new Set(stored.flatMap((one) => (one.kind === "list" ? [one.listId] : [])));
  return (await readdir(listsFolder(folder))).filter((id) => isListId(id) && !named.has(id));
}

async function written(
  lists: Pick<ListStore, "create">,
  columns: readonly string[],
  rows: AsyncIterable<KeptRow> | Iterable<KeptRow>,
): Promise<{ readonly listId: string; readonly count: number }> {
  await using writer = await lists.create(columns);
  for await (const { username, values } of rows) {
    const slowDown = writer.add(username, values);
    if (slowDown) await slowDown;
  }
  return await writer.finish();
}

async function* without(rows: AsyncIterable<KeptRow>, left: ReadonlySet<string>): AsyncGenerator<KeptRow> {
  for await (const row of rows) if (!left.has(row.username)) yield row;
}
