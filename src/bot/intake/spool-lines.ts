/** What the spool of updates says line by line, and what follows from its lines. Pure: where they are kept is the keeps'. */
import type { Update } from "grammy/types";
import { z } from "zod";

/** Telegram's own object, kept as it came; only what its number is must be known here. */
const update = z.custom<Update>((value) => z.looseObject({ update_id: z.int() }).safeParse(value).success);
const id = z.int();

const line = z.discriminatedUnion("t", [
  /** Taken in: from here on Telegram may be told that it was read. */
  z.object({ t: z.literal("got"), u: update }),
  /** Its handling begins; `alone`: nothing else is in hand. */
  z.object({ t: z.literal("begun"), ids: z.array(id), alone: z.literal(true).optional() }),
  /** Its handling ended without an outcome because Peyk was stopped in order. */
  z.object({ t: z.literal("back"), ids: z.array(id) }),
  z.object({ t: z.literal("done"), ids: z.array(id) }),
]);

export type SpoolLine = z.infer<typeof line>;

const pending = z.object({
  update,
  /** How often it was in hand when the process died, as far as an end of it is not kept. */
  deaths: z.int().nonnegative(),
  /** It was in hand all by itself at one of them. */
  wasAlone: z.boolean(),
});

/** An update that was taken in and is not handled yet. */
export type PendingUpdate = Readonly<z.infer<typeof pending>>;

/** Ids remembered after their update was handled: many times the hundred that Telegram may give again. */
const MOST_KNOWN = 1000;

/** How things stand after some lines. */
export class SpoolBook {
  readonly #pending = new Map<number, PendingUpdate>();
  readonly #done = new Set<number>();

  /** The updates that are not handled yet, in the order they came. */
  get pending(): readonly PendingUpdate[] {
    return [...this.#pending.values()];
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  isKnown(updateId: number): boolean {
    return this.#pending.has(updateId) || this.#done.has(updateId);
  }

  isDone(updateId: number): boolean {
    return this.#done.has(updateId);
  }

  /** How an update stands that waits; undefined: it is handled, or was never taken in. */
  standingOf(updateId: number): PendingUpdate | undefined {
    return this.#pending.get(updateId);
  }

  /** Takes in how an update stands by what is kept of it. */
  put(one: PendingUpdate): void {
    this.#pending.set(one.update.update_id, one);
  }

  apply(entry: SpoolLine): void {
    switch (entry.t) {
      case "got":
        this.#pending.set(entry.u.update_id, { update: entry.u, deaths: 0, wasAlone: false });
        break;
      case "begun":
        for (const one of this.#found(entry.ids))
          this.put({ ...one, deaths: one.deaths + 1, wasAlone: one.wasAlone || entry.alone === true });
        break;
      case "back":
        for (const one of this.#found(entry.ids)) this.put({ ...one, deaths: Math.max(0, one.deaths - 1) });
        break;
      case "done":
        for (const one of entry.ids) this.#finish(one);
        break;
    }
  }

  /** As few lines as say the same. */
  lines(): SpoolLine[] {
    const known: SpoolLine[] = [{ t: "done", ids: [...this.#done] }];
    return [...known, ...this.pending.flatMap(linesOf)];
  }

  #found(ids: readonly number[]): PendingUpdate[] {
    return ids.flatMap((one) => this.#pending.get(one) ?? []);
  }

  #finish(updateId: number): void {
    this.#pending.delete(updateId);
    this.#done.add(updateId);
    const [oldest] = this.#done;
    if (this.#done.size > MOST_KNOWN && oldest !== undefined) this.#done.delete(oldest);
  }
}

function linesOf({ update: u, deaths, wasAlone }: PendingUpdate): SpoolLine[] {
  const times = Array.from({ length: deaths }, (_, index): SpoolLine => ({
    t: "begun",
    ids: [u.update_id],
    ...(wasAlone && index === 0 ? { alone: true } : {}),
  }));
  return [{ t: "got", u }, ...times];
}

/** Reads a line of the file. Throws what zod or JSON says when it is none. */
export function readSpoolLine(text: string): SpoolLine {
  return line.parse(JSON.parse(text));
}

/** Reads how a row says that an update stands. Throws what zod says when it is none. */
export function readPending(value: unknown): PendingUpdate {
  return pending.parse(value);
}
