/**
 * What was taken back and mended, in PostgreSQL: entries by number, each of them made of all before it. An entry whose number
 * another process took is refused, for it was decided by less than there is; the next one is decided by all.
 */
import { AmendmentFold } from "../../../domain/amending/amendment-fold.ts";
import type { AmendmentEntry } from "../../../domain/amending/amendment.ts";
import type { CampaignId } from "../../../domain/campaign.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import type { AmendmentLog, AmendmentStore } from "../../ports/amendments.ts";
import { amendmentSchema } from "../../ports/documents/amendment-line.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";

const SINCE = `
select number, entry from peyk.amendment_entries where campaign_id = $1 and number > $2 order by number`;

/** Nothing where somebody has the number. */
const PUT = `
insert into peyk.amendment_entries (campaign_id, number, entry) values ($1, $2, $3)
on conflict (campaign_id, number) do nothing`;

const AMENDED = `select distinct campaign_id as id from peyk.amendment_entries where campaign_id = any($1::text[])`;

export function createAmendmentStore(database: Queryable): AmendmentStore {
  const open = new Map<CampaignId, Promise<StoredAmendments>>();
  const read = async (id: CampaignId): Promise<AmendmentFold> => {
    const log = (await open.get(id)?.catch(() => undefined)) ?? new StoredAmendments(database, id);
    await log.catchUp();
    return log.fold;
  };
  return {
    read,
    open(id) {
      const opened = open.get(id) ?? openAmendments(database, id);
      open.set(id, opened);
      opened.catch(() => open.delete(id));
      return opened;
    },
    async unfinished(ids) {
      const { rows } = await database.query<{ id: string }>(AMENDED, [ids]);
      const amended = new Set(rows.map(({ id }) => id));
      const unfinished: CampaignId[] = [];
      for (const id of ids) if (amended.has(id) && (await read(id)).open) unfinished.push(id);
      return unfinished;
    },
  };
}

async function openAmendments(database: Queryable, id: CampaignId): Promise<StoredAmendments> {
  const log = new StoredAmendments(database, id);
  await log.catchUp();
  return log;
}

class StoredAmendments implements AmendmentLog {
  readonly fold = new AmendmentFold();
  readonly #database: Queryable;
  readonly #id: CampaignId;
  readonly #inTurn = createTurns();
  /** Of the last entry that is in the fold. */
  #last = 0;

  constructor(database: Queryable, id: CampaignId) {
    this.#database = database;
    this.#id = id;
  }

  catchUp(): Promise<void> {
    return this.#inTurn(() => this.#takeIn());
  }

  record(entry: AmendmentEntry): Promise<void> {
    return this.#inTurn(async () => {
      const values = [this.#id, this.#last + 1, jsonOf(entry)];
      // Also after a lost answer what is there decides: an entry that got there is not written twice.
      const isPut = await this.#database
        .query(PUT, values)
        .finally(() => this.#takeIn().catch(() => undefined));
      if (isPut.count === 0) throw new Error(`${this.#id}: its amendments went on in another process`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => undefined);
  }

  async #takeIn(): Promise<void> {
    const { rows } = await this.#database.query<{ number: number; entry: unknown }>(SINCE, [
      this.#id,
      this.#last,
    ]);
    for (const { number, entry } of rows) {
      this.fold.apply(fitted(amendmentSchema, entry, `amendments of ${this.#id}`));
      this.#last = number;
    }
  }
}
