/** A list given by a program: rows with names and values, taken as they are. Nothing is guessed, and no row of it is lost. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { columnKey } from "../../domain/template.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import { parseRecipientName } from "../../domain/people/recipient-name.ts";
import type { ListStore } from "../../storage/ports/lists.ts";

/** One row: the name, and the other columns by their names. */
export interface GivenPerson {
  readonly username: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface RowsTaken {
  readonly listId: string;
  readonly columns: readonly string[];
  readonly valid: number;
  readonly duplicates: number;
  readonly invalid: readonly {
    readonly row: number;
    readonly text: string;
    readonly reason: InvalidReason;
  }[];
}

/** Why no list came of it; `column`: a name that no message could use, or one that another differs from in case only. */
export type RowsRefused =
  | { readonly problem: "nobody"; readonly invalid: RowsTaken["invalid"] }
  | {
      readonly problem: "column";
      readonly column: string;
    };

export interface TakingRows {
  /** Stores them as a list on its way to a campaign: every name once, the first row of a name winning. */
  listOfRows(rows: readonly GivenPerson[], hasShortNames?: boolean): Promise<RowsTaken | RowsRefused>;
}

/** Rows looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

/** Enough of a text that is no name to find it again. */
const SHOWN_LENGTH = 64;

export function createTakingRows({ lists }: { readonly lists: Pick<ListStore, "create"> }): TakingRows {
  return {
    async listOfRows(rows, hasShortNames = false) {
      const sorted = await sort(rows, hasShortNames);
      const columns = [...sorted.columns];
      const column = unusable(columns);
      if (column !== undefined) return { problem: "column", column };
      if (sorted.people.size === 0) return { problem: "nobody", invalid: sorted.invalid };
      await using writer = await lists.create(columns);
      for (const [username, values] of sorted.people) {
        const slowDown = writer.add(
          username,
          columns.map((name) => values[name] ?? ""),
        );
        if (slowDown) await slowDown;
      }
      for (const { row, text, reason } of sorted.invalid) await writer.reject(row, text, reason);
      const { listId } = await writer.finish();
      const { invalid, duplicates, people } = sorted;
      return { listId, columns, valid: people.size, duplicates, invalid };
    },
  };
}

function unusable(columns: readonly string[]): string | undefined {
  const keys = new Set(["username"]);
  return columns.find((name) => {
    const key = columnKey(name);
    const isUnusable = key === "" || /[{}|\r\n]/.test(name) || keys.has(key);
    keys.add(key);
    return isUnusable;
  });
}

async function sort(rows: readonly GivenPerson[], hasShortNames: boolean) {
  const columns = new Set<string>();
  const people = new Map<string, GivenPerson["values"]>();
  const invalid: { row: number; text: string; reason: InvalidReason }[] = [];
  let duplicates = 0;
  for (const [index, { username: text, values }] of rows.entries()) {
    if (index % PIECE === PIECE - 1) await nextTurn();
    for (const name of Object.keys(values)) columns.add(name);
    const parsed = parseRecipientName(text, hasShortNames);
    if (!parsed.ok)
      invalid.push({ row: index + 1, text: text.slice(0, SHOWN_LENGTH), reason: parsed.reason });
    else if (people.has(parsed.username)) duplicates++;
    else people.set(parsed.username, values);
  }
  return { columns, people, invalid, duplicates };
}
