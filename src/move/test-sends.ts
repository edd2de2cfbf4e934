/**
 * Test sends: what counts in the limits of accounts still. To whom one went nobody needs to know but the folder, where erasing finds
 * it; the database keeps no name of it.
 */
import { join } from "node:path";
import { LONGEST_WINDOW_MS } from "../domain/accounts/budget.ts";
import { parseTestSend, testSendLine } from "../storage/files/accounts/test-sends.ts";
import { ifAny, ifThere } from "./documents.ts";
import { allLines } from "./lines.ts";
import type { Mover } from "./piece.ts";
import { writeLines } from "./write-lines.ts";

const FILE = "test-sends.jsonl";

const PUT = `
insert into peyk.uses (channel, account, at) select * from unnest($1::text[], $2::text[], $3::bigint[])`;
const ALL = `
select channel, account, at from peyk.uses where claim_id is null and campaign_id is null and is_message order by at`;

/** @param now ms since the epoch */
export function testSends(now: () => number): Mover {
  return {
    inFolder: (dataDir) =>
      ifThere(dataDir, FILE, async (to) => {
        const sends = (await allLines(join(dataDir, FILE), parseTestSend)).filter(
          ({ at }) => at >= now() - LONGEST_WINDOW_MS,
        );
        await to.query(PUT, [
          sends.map(({ channel }) => channel),
          sends.map(({ account }) => account),
          sends.map(({ at }) => Math.round(at)),
        ]);
      }),
    async inDatabase(database) {
      const { rows } = await database.query<{ channel: string; account: string; at: number }>(ALL);
      return ifAny(FILE, rows.length > 0, (_from, dataDir) =>
        writeLines(join(dataDir, FILE), [rows.map(testSendLine)]),
      );
    },
  };
}
