/**
 * The do-not-send list in `data/suppression.jsonl`: one line a change, only ever appended, all of it in memory. An
 * addition binds the next claim, before it is even on disk; a removal frees nobody before it is. `cleanup` never
 * touches it.
 */
import { z } from "zod";
import type {
  Suppression,
  SuppressionChange,
  SuppressionDetail,
} from "../../../domain/people/suppression.ts";
import {
  FROM_DAMAGED_LINE,
  applySuppression,
  skipReasonOf,
  suppressionReasons,
} from "../../../domain/people/suppression.ts";
import { parseUsername } from "../../../domain/people/username.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import type { SkipReason } from "../../../domain/recipient.ts";
import type { Erasing } from "../../ports/erasing.ts";
import type { SuppressionStore } from "../../ports/people.ts";

/** Checked when read, so that a line mended by hand can't hold a name that no campaign would ever meet. */
const username = z.string().refine((text) => {
  const parsed = parseUsername(text);
  return parsed.ok && parsed.username === text;
}, "is no normalised username");

const changeSchema: z.ZodType<SuppressionChange> = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("add"),
    username,
    reason: z.enum(suppressionReasons),
    note: z.string().exactOptional(),
    at: z.number(),
  }),
  z.strictObject({ t: z.literal("remove"), username, at: z.number() }),
]);

/** The list's file in the data folder. */
export const SUPPRESSION_FILE = "suppression.jsonl";

/** Reads one line of the list; throws when it is none. */
export function parseSuppressionChange(line: string): SuppressionChange {
  return changeSchema.parse(JSON.parse(line));
}

export interface SuppressionStoreParts {
  readonly clock: Pick<Clock, "now">;
  /** Throws when this process may write no more; absent: it always may. */
  readonly beforeWrite?: () => void;
  readonly onProblem?: (error: Error) => void;
  readonly erased?: ErasedNames | undefined;
}

/**
 * Opens the list. Whoever a line is about that can't be understood is on the list from now on, as far as the line still
 * says who: it may have been their word to stop.
 */
export async function openSuppressionStore(
  path: string,
  { clock, beforeWrite = () => undefined, onProblem = () => undefined, erased }: SuppressionStoreParts,
): Promise<FileSuppressionStore> {
  const list = new Map<string, Suppression>();
  const meant = new Set<string>();
  const log = await openMendedLog(path, {
    outlivesFullDisk: true,
    beforeWrite,
    onLine: (line) => applySuppression(list, parseSuppressionChange(line)),
    onSetAside: (setAside) => {
      for (const line of setAside.lines)
        for (const [, name] of line.matchAll(NAMED)) meant.add((name ?? "").replace(/^@/, "").toLowerCase());
      const { message, trouble } = setAsideError(setAside);
      onProblem(
        new TroubledError(`${message} Look whether somebody said in them that they want no messages.`, {
          code: "optOutsLeftOut",
          with: { what: trouble },
        }),
      );
    },
  });
  const store = new FileSuppressionStore(list, log, erased);
  const lost = [...meant].filter((name) => !list.has(name));
  if (lost.length > 0)
    await store.add(lost, { reason: "optedOut", note: FROM_DAMAGED_LINE, at: clock.now() });
  return store;
}

/**
 * Reads the list without opening it: what the process that owns it has written down so far.
 * @throws {CorruptLogError} for a line that nobody has set aside yet
 */
export async function readSuppressions(path: string): Promise<Iterable<Suppression>> {
  const list = new Map<string, Suppression>();
  await readLogTail(path, LOG_START, (line) => applySuppression(list, parseSuppressionChange(line)));
  return list.values();
}

/** Whom a line is about, whatever else of it is damaged. */
const NAMED = /"username":"([^"\\]+)"/g;

/** Who was erased and is written to no more. */
export type ErasedNames = Pick<Erasing, "has" | "hasId">;

/** The list as it binds this very moment: asked in the step that claims. */
export interface BindingList {
  reasonFor(username: string): SkipReason | undefined;
  /** Tells whether somebody with this id of a platform was erased. */
  hasErased?(id: string): boolean;
}

export class FileSuppressionStore implements SuppressionStore {
  readonly #list: Map<string, Suppression>;
  readonly #log: AppendLog;
  readonly #erased: ErasedNames | undefined;
  #revision = 0;
  /** For the ledgers of this folder. */
  readonly binding: BindingList = {
    reasonFor: (name) => {
      const found = this.#list.get(name);
      if (found) return skipReasonOf(found.reason);
      return this.#erased?.has(name) ? "erased" : undefined;
    },
    hasErased: (id) => this.#erased?.hasId(id) ?? false,
  };

  /** Use {@link openSuppressionStore}. */
  constructor(list: Map<string, Suppression>, log: AppendLog, erased?: ErasedNames) {
    this.#erased = erased;
    this.#list = list;
    this.#log = log;
  }

  async count(): Promise<number> {
    return this.#list.size;
  }

  async revision(): Promise<number> {
    return this.#revision;
  }

  async reasonFor(name: string): Promise<SkipReason | undefined> {
    return this.binding.reasonFor(name);
  }

  async questions(): Promise<(name: string) => SkipReason | undefined> {
    return (name) => this.binding.reasonFor(name);
  }

  async add(names: readonly string[], detail: SuppressionDetail): Promise<number> {
    const changes = names.map((one): SuppressionChange => ({ t: "add", username: one, ...detail }));
    const known = this.#list.size;
    for (const change of changes) applySuppression(this.#list, change);
    this.#revision += 1;
    const added = this.#list.size - known;
    await this.#log.appendMany(changes.map((change) => JSON.stringify(change)));
    return added;
  }

  async remove(names: readonly string[], at: number, wantedAt = Infinity): Promise<number> {
    const listed = names
      .map((one) => this.#list.get(one))
      .filter((one) => one !== undefined)
      .filter(({ at: addedAt }) => addedAt <= wantedAt);
    await this.#log.appendMany(
      listed.map(({ username: one }) => JSON.stringify({ t: "remove", username: one, at })),
    );
    // Whoever was added again meanwhile stays: the later line in the file is that addition.
    const gone = listed.filter((one) => this.#list.get(one.username) === one);
    for (const one of gone) this.#list.delete(one.username);
    this.#revision += 1;
    return gone.length;
  }

  async *list(): AsyncGenerator<Suppression> {
    yield* this.#list.values();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#log[Symbol.asyncDispose]();
  }
}
