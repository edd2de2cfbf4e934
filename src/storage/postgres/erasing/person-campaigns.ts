/** How what is kept of campaigns gives and forgets one person. */
import { amendmentWithout, documentWithout } from "../../ports/erased/campaign-texts.ts";
import { entryWithout, eventWithout } from "../../ports/erased/line-rules.ts";
import type { ChangeLine } from "../../ports/erased/person-match.ts";
import { isObject, maskedDeep } from "../../ports/erased/person-match.ts";
import type { Json, RowsAsked } from "./rows-of-person.ts";
import { changedFields, rowsThat } from "./rows-of-person.ts";

/** @param ordinal An expression that says whose place it is */
const inTheirPlace = (ordinal: string): string =>
  `(one.campaign_id, ${ordinal}) in (select * from unnest($5::text[], $6::integer[]))`;

export const inJournal = rowsThat("journal", {
  where: `one.campaign_id = any($4) and (one.entry ->> 'p' = any($2)
    or ${inTheirPlace("(one.entry ->> 'r')::integer")})`,
  without: (row, { match, places }) =>
    withValue(row, "entry", entryWithout(match, places.get(String(row["campaign_id"])) ?? new Set())),
});

export const inCorrectedValues = rowsThat("corrected_values", {
  where: inTheirPlace("one.ordinal"),
  without: (row) => ({ ...row, row_values: [] }),
});

export const inAmendments = rowsThat("amendment_entries", {
  where: `one.entry::text ilike any($3)`,
  without: (row, { match }) => withValue(row, "entry", amendmentWithout(match)),
  theirs: ({ entry }) => [entry],
});

export const inCampaigns = rowsThat("campaigns", {
  where: `one.id = any($4) or one.document::text ilike any($3)`,
  without: (row, asked) => ({ ...row, document: documentIn(row, asked) }),
  // Whoever changes it at the same moment makes the change of what it is then.
  also: "version = one.version + 1",
  theirs(row, asked) {
    const { document } = row;
    const fields = isObject(document) ? changedFields(document, documentIn(row, asked)) : {};
    return Object.entries(fields).map(([name, value]) => ({ campaign: row["id"], [name]: value }));
  },
});

function documentIn({ id, document }: Json, { match, alone }: RowsAsked): Json {
  const without = documentWithout(match, alone.has(String(id)))({ value: document });
  return isObject(without) && isObject(without["value"]) ? without["value"] : {};
}

export const inRecipients = rowsThat("recipients", {
  where: `one.campaign_id = any($4) and (one.username = any($1) or one.claimed_person = any($2))`,
  without(row, { match, taken }) {
    const person = match.aliasOfId(row["claimed_person"]);
    const alias = match.aliasOf(row["username"]);
    const about = person === undefined ? row : { ...row, claimed_person: person };
    if (alias === undefined || alias === row["username"]) return about;
    const isThere = taken.has(`${String(row["campaign_id"])} ${alias}`);
    return {
      ...about,
      // Whoever was erased there before has the name that stands for them.
      username: isThere ? match.standInFor(`${alias} ${String(row["ordinal"])}`) : alias,
      row_values: null,
      message_id: row["message_id"] === null ? null : "erased",
      why: isObject(row["why"]) ? "erased" : row["why"],
    };
  },
});

export const inListRows = rowsThat("list_rows", {
  where: `one.username = any($1)`,
  without: (row, { match }) => ({ ...row, username: match.aliasOf(row["username"]), row_values: null }),
});

export const inRejectedRows = rowsThat("rejected_rows", {
  where: `one.text ilike any($3)`,
  without: (row, { match }) => ({ ...row, text: maskedDeep(row["text"], match) }),
});

export const inEvents = rowsThat("events", {
  where: `one.event::text ilike any($3)`,
  without(row, { match }) {
    const without = eventWithout(match)({ e: row["event"] });
    return isObject(without) ? { ...row, event: without["e"] } : row;
  },
  theirs: ({ event }) => [event],
});

export function withValue(row: Json, column: string, change: ChangeLine): Json | undefined {
  const value = change(row[column]);
  return value === undefined ? undefined : value === row[column] ? row : { ...row, [column]: value };
}
