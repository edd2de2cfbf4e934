/**
 * Who was erased, in PostgreSQL: hashes under a key that the database keeps, and what is still to be carried out. Whoever is
 * recorded binds the next claim of every process when `record` resolves. What is asked at once (`has`, `hasId`) is true of
 * what this process knew when it last looked; it looks again whenever somebody is recorded, and every so often.
 */
import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import type { PersonToErase } from "../../../domain/people/erased.ts";
import { ERASED_DIGITS, erasedName, isErased } from "../../../domain/people/erased.ts";
import type { Aliases } from "../../ports/erased/person-match.ts";
import type { ErasureRequest, Erasing } from "../../ports/erasing.ts";
import type { Database, Queryable } from "../database.ts";
import { documentIn } from "../documents/documents.ts";
import type { Wakes } from "../wakes.ts";
import { tellOf } from "../wakes.ts";
import { ADD, ALL, HOLD, KEEP_KEY, KEY } from "./erased-sql.ts";

const texts = z.array(z.string());

/** What is under way, with the names, which go from here last. */
export const underWaySchema = z.object({
  pending: z.array(
    z.object({ names: texts, ids: texts, by: z.string(), at: z.number(), chatId: z.int().exactOptional() }),
  ),
  tell: z.array(z.int()),
});
type UnderWay = z.infer<typeof underWaySchema>;

/** What is told of whenever somebody is recorded or carried out. */
export const TOPIC = "erased";

/** Bytes that a key of HMAC-SHA-256 is filled up to. */
const BLOCK = 64;

export interface StoredErasing extends Erasing, AsyncDisposable {
  /** Recorded, and not carried out yet. */
  pending(): Promise<readonly ErasureRequest[]>;
  /** What stands for names and ids; somebody must have been recorded. */
  aliases(): Promise<Aliases>;
  /** The names of one that is carried out go from here too. @param here The transaction that takes them out elsewhere */
  carriedOut(one: ErasureRequest, here?: Queryable): Promise<void>;
}

/** True for one transaction at a time, until it ends: it carries out what is pending. */
export async function holdsErasures(here: Queryable): Promise<boolean> {
  return (await here.query(HOLD)).rows.length > 0;
}

const underWayIn = (here: Queryable) => {
  const initial: UnderWay = { pending: [], tell: [] };
  return documentIn(here, { kind: "erasing", schema: underWaySchema, initial });
};

export async function openErasing(database: Database, wakes: Pick<Wakes, "on">): Promise<StoredErasing> {
  const erasing = new PostgresErasing(database, wakes);
  await erasing.look();
  return erasing;
}

class PostgresErasing implements StoredErasing {
  readonly #database: Database;
  readonly #underWay;
  readonly #listening: Disposable;
  #looking: Promise<void> = Promise.resolve();
  #key: Buffer | undefined;
  #aliases: ReadonlySet<string> = new Set();
  /** Names go while everything is open. */
  readonly isWanted = new Promise<void>(() => undefined);

  constructor(database: Database, wakes: Pick<Wakes, "on">) {
    this.#database = database;
    this.#underWay = underWayIn(database);
    // What could not be read stays as it was known; the next wake looks again.
    this.#listening = wakes.on(TOPIC, () => void this.look().catch(() => undefined));
  }

  /** Resolves when this process knows everybody who was recorded before the call. */
  look(): Promise<void> {
    const looked = this.#looking.then(() => this.#look());
    this.#looking = looked.catch(() => undefined);
    return looked;
  }

  async record(request: ErasureRequest): Promise<void> {
    const key = await this.#heldKey();
    const { names, ids } = request;
    await this.#database.query(ADD, [aliasesOf(key, request)]);
    const asked = { ...request, names: [...names], ids: [...ids] };
    await this.#underWay.update((from) =>
      from.pending.some((one) => isSame(one, asked))
        ? undefined
        : { ...from, pending: [...from.pending, asked] },
    );
    await tellOf(TOPIC, this.#database);
    await this.look();
  }

  has(username: string): boolean {
    return isErased(username) || this.#knows(`name ${username}`);
  }

  hasId(id: string): boolean {
    return isErased(id) || this.#knows(`id ${id}`);
  }

  async pending(): Promise<readonly ErasureRequest[]> {
    return (await this.#underWay.read()).pending;
  }

  async aliases(): Promise<Aliases> {
    const key = await this.#heldKey();
    return {
      ofName: (name) => (isErased(name) ? name : aliasOf(key, `name ${name}`)),
      ofId: (id) => (isErased(id) ? id : aliasOf(key, `id ${id}`)),
    };
  }

  async carriedOut(one: ErasureRequest, here: Queryable = this.#database): Promise<void> {
    await underWayIn(here).update(({ pending, tell }) => ({
      pending: pending.filter((other) => !isSame(other, one)),
      tell: one.chatId === undefined ? tell : [...tell, one.chatId],
    }));
    await tellOf(TOPIC, here);
  }

  async toTell(): Promise<readonly number[]> {
    return [...new Set((await this.#underWay.read()).tell)];
  }

  async told(chatId: number): Promise<void> {
    await this.#underWay.update((from) => ({ ...from, tell: from.tell.filter((one) => one !== chatId) }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening[Symbol.dispose]();
    await this.#looking;
  }

  #knows(what: string): boolean {
    return this.#key !== undefined && this.#aliases.size > 0 && this.#aliases.has(aliasOf(this.#key, what));
  }

  async #look(): Promise<void> {
    const { rows } = await this.#database.query<{ alias: string }>(ALL);
    if (rows.length > 0) this.#key ??= await this.#keptKey();
    this.#aliases = new Set(rows.map(({ alias }) => alias));
  }

  /** Of all who make one up at the same moment one's is kept. */
  async #heldKey(): Promise<Buffer> {
    const made = randomBytes(32);
    await this.#database.query(KEEP_KEY, [made, padded(made, 0x36), padded(made, 0x5c)]);
    return (this.#key ??= await this.#keptKey());
  }

  async #keptKey(): Promise<Buffer> {
    const { rows } = await this.#database.query<{ key: Buffer }>(KEY);
    if (!rows[0]) throw new Error("the key of whoever was erased is gone: nobody knows who they are");
    return rows[0].key;
  }
}

/** As the database's `erased_alias` has it. */
function aliasOf(key: Buffer, what: string): string {
  return erasedName(createHmac("sha256", key).update(what).digest("hex").slice(0, ERASED_DIGITS));
}

function aliasesOf(key: Buffer, { names, ids }: PersonToErase): readonly string[] {
  const all = [...names.map((name) => [name, `name ${name}`]), ...ids.map((id) => [id, `id ${id}`])];
  return all.map(([plain = "", what = ""]) => (isErased(plain) ? plain : aliasOf(key, what)));
}

/** A key of an HMAC as its inner or outer hash begins with it. */
export function padded(key: Buffer, pad: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: BLOCK }, (_, place) => (key[place] ?? 0) ^ pad));
}

function isSame(one: ErasureRequest, other: ErasureRequest): boolean {
  return one.at === other.at && one.names.join() === other.names.join();
}
