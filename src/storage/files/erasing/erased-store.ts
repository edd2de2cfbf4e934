/** Who was erased, in `data/erased.json`: hashes under the key in `data/erased-key`, and what is still to be carried out. */
import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PersonToErase } from "../../../domain/people/erased.ts";
import { ERASED_DIGITS, erasedName, isErased } from "../../../domain/people/erased.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { Document } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import { isAbsent } from "./rewriting.ts";
import type { Aliases } from "../../ports/erased/person-match.ts";
import type { ErasureRequest, Erasing } from "../../ports/erasing.ts";

export const ERASED_FILE = "erased.json";
export const ERASED_KEY_FILE = "erased-key";

const texts = z.array(z.string());

const schema = z.object({
  /** What stands for each name and id of everybody who was erased. */
  hashes: texts,
  /** With their names, which go from here last. */
  pending: z.array(
    z.object({
      names: texts,
      ids: texts,
      by: z.string(),
      at: z.number(),
      chatId: z.int().exactOptional(),
    }),
  ),
  tell: z.array(z.int()),
});
type Stored = z.infer<typeof schema>;

export const erasedFormat = { version: 1, schema };
const NOBODY: Stored = { hashes: [], pending: [], tell: [] };

export interface ErasedStore extends Erasing {
  readonly aliases: Aliases;
  pending(): readonly ErasureRequest[];
  /** The names of one that is carried out go from here too. */
  carriedOut(one: ErasureRequest): Promise<void>;
}

/**
 * @param beforeWrite Throws when this process may write no more
 * @throws {BrokenDocumentError} when who was erased can't be known: they must not be written to on a guess
 */
export async function openErasedStore(
  dataDir: string,
  beforeWrite: () => void = () => undefined,
): Promise<ErasedStore> {
  const document = await openDocument(join(dataDir, ERASED_FILE), {
    ...erasedFormat,
    initial: NOBODY,
    beforeWrite,
  });
  const path = join(dataDir, ERASED_KEY_FILE);
  const key = await keyAt(path, document.get().hashes.length > 0);
  const makeKey = async (): Promise<Buffer> => {
    const made = randomBytes(32);
    beforeWrite();
    await writeFileAtomically(path, `${made.toString("hex")}\n`);
    return made;
  };
  return new FileErasedStore(document, { key, makeKey });
}

/** Tells whether one of these names or ids was erased; only looks. @throws when that can't be known */
export async function isOneErased(dataDir: string, { names, ids }: PersonToErase): Promise<boolean> {
  const stored = await readDocument(join(dataDir, ERASED_FILE), erasedFormat);
  if (!stored || stored.hashes.length === 0) return false;
  const key = await keyAt(join(dataDir, ERASED_KEY_FILE), true);
  const hashes = new Set(stored.hashes);
  return (
    names.some((name) => hashes.has(hashUnder(key, `name ${name}`))) ||
    ids.some((id) => hashes.has(hashUnder(key, `id ${id}`)))
  );
}

/** How many are still to be taken out of all that is kept: their names stand in the record until then. */
export async function pendingErasures(dataDir: string): Promise<number> {
  return (await readDocument(join(dataDir, ERASED_FILE), erasedFormat))?.pending.length ?? 0;
}

function hashUnder(key: Buffer | undefined, text: string): string {
  if (!key) throw new Error("nobody was erased, so there is no key");
  return erasedName(createHmac("sha256", key).update(text).digest("hex").slice(0, ERASED_DIGITS));
}

/** Lost, nobody who was erased would be known again, so another one is made up only where nobody was. */
async function keyAt(path: string, isNeeded: boolean): Promise<Buffer | undefined> {
  try {
    return Buffer.from((await readFile(path, "utf8")).trim(), "hex");
  } catch (error) {
    if (isAbsent(error) && !isNeeded) return undefined;
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}

interface Key {
  /** Absent: nobody was ever erased. */
  readonly key: Buffer | undefined;
  readonly makeKey: () => Promise<Buffer>;
}

class FileErasedStore implements ErasedStore {
  readonly #document: Document<Stored>;
  #key: Buffer | undefined;
  readonly #makeKey: () => Promise<Buffer>;
  readonly #hashes: Set<string>;
  #want: () => void = () => undefined;
  readonly isWanted = new Promise<void>((resolve) => (this.#want = resolve));
  readonly aliases: Aliases = {
    ofName: (name) => (isErased(name) ? name : this.#hashOf(`name ${name}`)),
    ofId: (id) => (isErased(id) ? id : this.#hashOf(`id ${id}`)),
  };

  constructor(document: Document<Stored>, { key, makeKey }: Key) {
    this.#document = document;
    this.#key = key;
    this.#makeKey = makeKey;
    this.#hashes = new Set(document.get().hashes);
  }

  async record(request: ErasureRequest): Promise<void> {
    this.#key ??= await this.#makeKey();
    const added = this.#aliasesOf(request);
    for (const one of added) this.#hashes.add(one);
    await this.#document.update((stored) => ({
      ...stored,
      hashes: [...new Set([...stored.hashes, ...added])],
      pending: [...stored.pending, { ...request, names: [...request.names], ids: [...request.ids] }],
    }));
    this.#want();
  }

  has(username: string): boolean {
    return isErased(username) || (this.#hashes.size > 0 && this.#hashes.has(this.aliases.ofName(username)));
  }

  hasId(id: string): boolean {
    return isErased(id) || (this.#hashes.size > 0 && this.#hashes.has(this.aliases.ofId(id)));
  }

  pending(): readonly ErasureRequest[] {
    return this.#document.get().pending;
  }

  async carriedOut(one: ErasureRequest): Promise<void> {
    await this.#document.update((stored) => ({
      ...stored,
      pending: stored.pending.filter(
        (other) => other.at !== one.at || other.names.join() !== one.names.join(),
      ),
      tell: one.chatId === undefined ? stored.tell : [...stored.tell, one.chatId],
    }));
  }

  async toTell(): Promise<readonly number[]> {
    return [...new Set(this.#document.get().tell)];
  }

  async told(chatId: number): Promise<void> {
    await this.#document.update((stored) => ({
      ...stored,
      tell: stored.tell.filter((one) => one !== chatId),
    }));
  }

  #aliasesOf({ names, ids }: PersonToErase): readonly string[] {
    return [...names.map((name) => this.aliases.ofName(name)), ...ids.map((id) => this.aliases.ofId(id))];
  }

  #hashOf(text: string): string {
    return hashUnder(this.#key, text);
  }
}
