/** Which name is which person on a channel, as it was asked: JSON lines, the last one of a name holds. */
import { z } from "zod";
import type { KnownPerson } from "../../../domain/recipient.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import type { FoundPerson, IdentityStore } from "../../ports/identities.ts";

/** `at` is 0 where a send showed that this is nobody's id any more. */
const lineSchema = z.object({ u: z.string(), id: z.string(), at: z.number() });

/** Reads one line; throws when it is none. */
export function parseIdentity(line: string): z.infer<typeof lineSchema> {
  return lineSchema.parse(JSON.parse(line));
}

const nothing: KnownPerson = {};

/**
 * Opens the file, or starts one in a folder that exists. A line that can't be understood is set aside: who is behind that
 * name is asked again.
 */
export async function openIdentityStore(
  path: string,
  beforeWrite?: () => void,
  onProblem: (error: Error) => void = () => undefined,
): Promise<FileIdentityStore> {
  const ids = new Map<string, FoundPerson>();
  const log = await openMendedLog(path, {
    outlivesFullDisk: true,
    onSetAside: (setAside) => onProblem(setAsideError(setAside)),
    onLine: (text) => {
      const { u, id, at } = parseIdentity(text);
      ids.set(u, { id, at });
    },
    ...(beforeWrite && { beforeWrite }),
  });
  return new FileIdentityStore(ids, log);
}

export class FileIdentityStore implements IdentityStore, AsyncDisposable {
  readonly #ids: Map<string, FoundPerson>;
  /** Every name a person was found under. */
  readonly #names = new Map<string, Set<string>>();
  readonly #log: AppendLog;

  /** Use {@link openIdentityStore}. */
  constructor(ids: Map<string, FoundPerson>, log: AppendLog) {
    this.#ids = ids;
    this.#log = log;
    for (const [name, { id }] of ids) this.#noteName(id, name);
  }

  /** What a claim reads. */
  known(username: string): KnownPerson {
    const personId = this.#ids.get(username)?.id;
    if (personId === undefined) return nothing;
    const names = this.#names.get(personId);
    return { personId, ...(names && names.size > 1 ? { names: [...names] } : {}) };
  }

  async whoIs(username: string): Promise<FoundPerson | undefined> {
    return this.#ids.get(username);
  }

  async namesOf(id: string): Promise<readonly string[]> {
    return [...(this.#names.get(id) ?? [])];
  }

  /** Known once they are on disk: what is sent to an id can be read back by it after a crash. */
  async found(people: ReadonlyMap<string, string>, at: number): Promise<void> {
    await this.#log.appendMany([...people].map(([u, id]) => JSON.stringify({ u, id, at })));
    for (const [username, id] of people) {
      this.#ids.set(username, { id, at });
      this.#noteName(id, username);
    }
  }

  async askAnew(username: string): Promise<void> {
    const known = this.#ids.get(username);
    if (known) await this.found(new Map([[username, known.id]]), 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#log[Symbol.asyncDispose]();
  }

  #noteName(id: string, username: string): void {
    const names = this.#names.get(id);
    if (names) names.add(username);
    else this.#names.set(id, new Set([username]));
  }
}
