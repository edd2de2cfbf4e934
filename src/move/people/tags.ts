/** Who has which tag since when. */
import { join } from "node:path";
import { TagBook } from "../../domain/people/tags.ts";
import { TAGS_FILE, parseTagChange } from "../../storage/files/audiences/tag-store.ts";
import { ifAny, ifThere } from "../documents.ts";
import { inBatches, parsedLines } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const BATCH = 5000;
/** Names in a line at most, as the store writes them. */
const MOST_IN_A_LINE = 500;

const PUT = `insert into peyk.tags (tag, username, at) select * from unnest($1::text[], $2::text[], $3::bigint[])`;
const ALL = `select tag, username, at from peyk.tags order by tag, at, username`;

export const tags: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, TAGS_FILE, async (to) => {
      const book = new TagBook();
      for await (const some of parsedLines(join(dataDir, TAGS_FILE), parseTagChange))
        for (const change of some) book.apply(change);
      const changes = [...book.changes(MOST_IN_A_LINE)].map(({ names, tag, at }) =>
        names.map((name) => ({ tag, name, at })),
      );
      for await (const some of inBatches(changes, BATCH))
        await to.query(PUT, [
          some.map(({ tag }) => tag),
          some.map(({ name }) => name),
          some.map(({ at }) => Math.round(at)),
        ]);
    }),
  async inDatabase(database) {
    const { rows } = await database.query<{ tag: string; username: string; at: number }>(ALL);
    return ifAny(TAGS_FILE, rows.length > 0, async (_from, dataDir) => {
      const book = new TagBook();
      for (const { tag, username, at } of rows) book.apply({ t: "add", tag, names: [username], at });
      const lines = [...book.changes(MOST_IN_A_LINE)].map((change) => JSON.stringify(change));
      await writeLines(join(dataDir, TAGS_FILE), [lines]);
    });
  },
};
