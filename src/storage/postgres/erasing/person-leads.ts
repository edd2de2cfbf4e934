/** How lists of leads give and forget one person. */
import { z } from "zod";
import { targetKey } from "../../../domain/collecting/lead.ts";
import { leadsOf, leadsWithout } from "../../ports/erased/line-rules.ts";
import { isObject } from "../../ports/erased/person-match.ts";
import { jsonOf } from "../json.ts";
import { withValue } from "./person-campaigns.ts";
import type { PersonRule } from "./rows-of-person.ts";
import { rowsThat, saidIn, together } from "./rows-of-person.ts";

const ON_LIST = `one.username = any($1) or one.x_id = any($2) or one.id = any($2)`;

const targetSchema = z.object({ list: z.string(), source: z.string(), query: z.string() });

/** $1 names */
const TARGETS = `
select distinct list, entry ->> 'source' as source, entry ->> 'query' as query from peyk.lead_entries
where entry ->> 't' = 'target' and lower(ltrim(entry ->> 'query', '@')) = any($1::text[])`;

const SUMMARY = `select summary from peyk.lead_lists where name = $1 for update`;
const PUT_SUMMARY = `update peyk.lead_lists set summary = $2 where name = $1`;

/** Targets are named there by whom they are about; the entries must still tell which. */
export const inLeadLists: PersonRule = {
  async forget({ here, match }) {
    const { rows } = await here.query(TARGETS, [match.names]);
    for (const row of rows) {
      const { list, ...target } = targetSchema.parse(row);
      const summary = (await here.query(SUMMARY, [list])).rows[0]?.["summary"];
      if (!isObject(summary) || !Array.isArray(summary["targets"])) continue;
      const alias = match.aliasOf(target.query) ?? target.query;
      const [old, key] = [targetKey(target), targetKey({ ...target, query: alias })];
      const targets = summary["targets"].map((one: unknown) =>
        isObject(one) && one["key"] === old ? { ...one, key } : one,
      );
      await here.query(PUT_SUMMARY, [list, jsonOf({ ...summary, targets })]);
    }
  },
  found: async () => [],
};

export const inLeadEntries = rowsThat("lead_entries", {
  where: `(one.entry ->> 't' = 'target' or one.entry ? 'sample' or one.list in (
    select one.list from peyk.leads one where ${ON_LIST})) and one.entry::text ilike any($3)`,
  without: (row, { match }) => withValue(row, "entry", leadsWithout(match)),
  theirs: ({ entry }, { match }) => leadsOf(match)(entry),
});

export const inLeads = together(
  rowsThat("leads", {
    where: ON_LIST,
    without(row, { match }) {
      const { id, username, x_id: xId, key } = row;
      const alias = match.aliasOf(username) ?? match.aliasOfId(id) ?? match.aliasOfId(xId);
      if (alias === undefined || alias === username) return row;
      const standsFor = match.aliasOfId(id) ?? match.standInFor(String(id));
      const platform = String(key).slice(0, String(key).indexOf(":") + 1);
      return { ...row, id: standsFor, username: alias, key: `${platform}${standsFor}`, x_id: null };
    },
    theirs: () => [], // its entry is given
  }),
  saidIn("leads", "query"),
);
