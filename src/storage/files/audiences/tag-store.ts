/**
 * Tags in `data/tags.jsonl`: one line a change, all of it in memory. A change holds when it is on disk. The file is written anew
 * only where somebody is forgotten, so that nothing of them stays in it.
 */
import { z } from "zod";
import type { TagChange } from "../../../domain/people/tags.ts";
import { TagBook } from "../../../domain/people/tags.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import { LOG_START, readLogTail } from "../../../lib/log/log-part.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import type { TagReads, TagStore } from "../../ports/audiences.ts";

/** The file in the data folder. */
export const TAGS_FILE = "tags.jsonl";

/** Names in a line at most. */
const MOST_IN_A_LINE = 500;

const changeSchema: z.ZodType<TagChange> = z.strictObject({
  t: z.enum(["add", "remove"]),
  tag: z.string().min(1),
  names: z.array(z.string()),
  at: z.number(),
});

/** Reads one line; throws when it is none. */
export function parseTagChange(line: string): TagChange {
  return changeSchema.parse(JSON.parse(line));
}

/** Opens the store; `beforeWrite` throws when this process may write no more. */
export async function openTagStore(
  path: string,
  beforeWrite: () => void = () => undefined,
  onProblem: (error: Error) => void = () => undefined,
): Promise<TagStore> {
  const options = {
    beforeWrite,
    onLine: (line: string) => book.apply(parseTagChange(line)),
    onSetAside: (setAside: Parameters<typeof setAsideError>[0]) => onProblem(setAsideError(setAside)),
  };
  let book = new TagBook();
  let log = await openMendedLog(path, options);
  // One after another: who is forgotten meanwhile does not come back by a change that began before.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const put = (change: Omit<TagChange, "names">, wanted: (book: TagBook) => readonly string[]) =>
    inTurn(async () => {
      const names = wanted(book);
      const changes: TagChange[] = [];
      for (let from = 0; from < names.length; from += MOST_IN_A_LINE)
        changes.push({ ...change, names: names.slice(from, from + MOST_IN_A_LINE) });
      await log.appendMany(changes.map((one) => JSON.stringify(one)));
      for (const one of changes) book.apply(one);
      return names.length;
    });
  return {
    ...readsOf(async () => book),
    add: (tag, names, at) =>
      put({ t: "add", tag, at }, (now) => [...new Set(names)].filter((name) => !now.has(tag, name))),
    remove: (tag, names, at, wantedAt = Infinity) =>
      put({ t: "remove", tag, at }, (now) =>
        [...new Set(names)].filter((name) => now.has(tag, name, wantedAt)),
      ),
    forget: (names) =>
      inTurn(async () => {
        beforeWrite();
        for (const change of book.without(names)) book.apply(change);
        await log[Symbol.asyncDispose]();
        const lines = [...book.changes(MOST_IN_A_LINE)].map((one) => `${JSON.stringify(one)}\n`);
        await writeFileAtomically(path, lines);
        book = new TagBook();
        log = await openMendedLog(path, options);
      }),
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}

/** Looks at the tags of a file without opening it, as they stand at each question. */
export function lookAtTags(path: string): TagReads {
  return readsOf(async () => {
    const book = new TagBook();
    await readLogTail(path, LOG_START, (line) => book.apply(parseTagChange(line)));
    return book;
  });
}

function readsOf(now: () => Promise<TagBook>): TagReads {
  return {
    counts: async () => (await now()).counts(),
    of: async (names) => (await now()).of(names),
    async questions(tags) {
      const book = await now();
      return (name) => tags.some((tag) => book.has(tag, name));
    },
  };
}
