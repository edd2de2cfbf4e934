/** Which name is which person on X, as it was asked: JSON lines, the last one of a name holds. */
import { z } from "zod";
import type { AppendLog } from "../../lib/log/append-log.ts";
import { openMendedLog, setAsideText } from "../../lib/log/mended-log.ts";

/** `at` is 0 where a send showed that this is nobody's id any more. */
const lineSchema = z.object({ u: z.string(), id: z.string(), at: z.number() });

/** A person's id, and when X last said that it belongs to the name (ms since the epoch). */
export interface KnownId {
  readonly id: string;
  readonly at: number;
}

/**
 * Opens the file, or starts one in a folder that exists. A line that can't be understood is set aside: who is behind that
 * name is asked again.
 */
export async function openPeopleFile(
  path: string,
  beforeWrite?: () => void,
  onProblem: (error: Error) => void = () => undefined,
): Promise<PeopleFile> {
  const ids = new Map<string, KnownId>();
  const log = await openMendedLog(path, {
    outlivesFullDisk: true,
    onSetAside: (setAside) => onProblem(new Error(setAsideText(setAside))),
    onLine: (text) => {
      const { u, id, at } = lineSchema.parse(JSON.parse(text));
      ids.set(u, { id, at });
    },
    ...(beforeWrite && { beforeWrite }),
  });
  return new PeopleFile(ids, log);
}

export class PeopleFile implements AsyncDisposable {
  readonly #ids: Map<string, KnownId>;
  /** Every name a person was found under. */
  readonly #names = new Map<string, Set<string>>();
  readonly #log: AppendLog;

  /** Use {@link openPeopleFile}. */
  constructor(ids: Map<string, KnownId>, log: AppendLog) {
    this.#ids = ids;
    this.#log = log;
    for (const [name, { id }] of ids) this.#noteName(id, name);
  }

  idOf(username: string): KnownId | undefined {
    return this.#ids.get(username);
  }

  /** Names that were asked for and turned out to be this person. */
  namesOf(id: string): readonly string[] {
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

  /** The name is asked for anew before anybody is written to. What went to the id before can still be read back. */
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
