/**
 * The one list of what holds people in the schema `peyk`, column by column, and how each table gives and forgets one of them.
 * Each may be done twice. tests/postgres/erasing.test.ts holds it to the tables that there are.
 */
import { BY_PERSON, ERASE as ERASE_ANSWERS } from "../answers/answers-sql.ts";
import { createAudienceStore } from "../audiences/audience-store.ts";
import { eraseName, entriesAbout } from "../history/history-store.ts";
import { isSaidAnywhere, updateWithout } from "../../ports/erased/line-rules.ts";
import { isObject } from "../../ports/erased/person-match.ts";
import { inDocuments } from "./person-documents.ts";
import { inLeadEntries, inLeadLists, inLeads } from "./person-leads.ts";
import {
  inAmendments,
  inCampaigns,
  inCorrectedValues,
  inEvents,
  inJournal,
  inListRows,
  inRecipients,
  inRejectedRows,
} from "./person-campaigns.ts";
import type { PersonRule } from "./rows-of-person.ts";
import { namedBy, rowsThat, together } from "./rows-of-person.ts";

/** Columns by name, with spaces between. */
interface Table {
  /** Nothing of the people who are written to stands in these. */
  readonly nobody?: string;
  /** These may say somebody. */
  readonly forgets?: string;
  /** Absent where nothing says anybody, or it goes with the rows of another table. */
  readonly rule?: PersonRule;
}

const gone = (): undefined => undefined;

/** In the order in which they forget: what tells which rows are theirs comes behind those. */
export const personTables: Readonly<Record<string, Table>> = {
  journal: { nobody: "number campaign_id claim_id", forgets: "entry", rule: inJournal },
  corrected_values: {
    nobody: "campaign_id file ordinal",
    forgets: "row_values",
    rule: inCorrectedValues,
  },
  amendment_entries: { nobody: "campaign_id number", forgets: "entry", rule: inAmendments },
  campaigns: {
    nobody: "id key channel created_at version",
    forgets: "document",
    rule: inCampaigns,
  },
  recipients: {
    nobody: `campaign_id ordinal through state due_at is_left_out attempts claims firsts uncalled again claim_id owner waits
      pursued_by claim_number account claimed_at revision language reached is_reach_lasting reached_at is_left at
      skip_reason skipped_for`,
    forgets: "username row_values claimed_person message_id why",
    rule: inRecipients,
  },
  claimed_people: {
    nobody: "campaign_id ordinal",
    forgets: "person_id",
    rule: namedBy("claimed_people", "person_id", { by: "ids", others: ["campaign_id", "ordinal"] }),
  },
  earlier_names: {
    nobody: "campaign_id key at",
    forgets: "username",
    rule: namedBy("earlier_names", "username", { by: "names", others: ["campaign_id", "key", "at"] }),
  },
  lists: { nobody: "number id columns count is_finished is_discarded used_at" },
  list_rows: { nobody: "list ordinal", forgets: "username row_values", rule: inListRows },
  rejected_rows: { nobody: "list number line reason", forgets: "text", rule: inRejectedRows },
  campaign_lists: { nobody: "campaign_id file list adopted_at is_taken" },
  // What goes out to everybody stays as it is: changing that is somebody's word.
  attachments: { nobody: "campaign_id file size is_whole begun_at" },
  attachment_pieces: { nobody: "campaign_id file number piece" },
  checkpoints: { nobody: "campaign_id names at" },
  tallies: {
    nobody: `campaign_id slot planned claimed sent not_found refused failed uncertain skipped claims firsts uncalled
      sent_again left_out`,
  },
  fared: { nobody: "campaign_id since slot sent refused failed" },
  lane_places: { nobody: "id lane counts_until" },
  lanes: { nobody: "name paused_until" },
  owners: { nobody: "id until mark written_by" },
  home: { nobody: "is_only system database place written_by" },
  house: { nobody: "is_only state move folder at" },
  moved_pieces: { nobody: "name at" },
  workers: { nobody: "id name duties at_need stands_by until" },
  accounts_in_use: { nobody: "channel account" },
  uses: { nobody: "claim_id channel account campaign_id at is_message is_call" },
  event_logs: { nobody: "name last dropped" },
  events: { nobody: "log number", forgets: "event", rule: inEvents },
  kept_lists: { nobody: "id made_at" },
  kept_rows: {
    nobody: "list ordinal",
    forgets: "username row_values",
    rule: {
      forget: async ({ here, match }) => void (await createAudienceStore(here).forget(match.names)),
      found: ({ here, match }) => createAudienceStore(here).holding(match.names),
    },
  },
  tags: {
    nobody: "tag at",
    forgets: "username",
    rule: rowsThat("tags", { where: "one.username = any($1)", without: gone }),
  },
  holds: { nobody: "name holder at" },
  updates: {
    nobody: "update_id number deaths was_alone is_done",
    forgets: "content",
    rule: rowsThat("updates", {
      where: "one.content::text ilike any($3)",
      without(row, { match }) {
        const without = updateWithout(match)({ u: row["content"] });
        return isObject(without) ? { ...row, content: without["u"] } : row;
      },
      theirs: ({ content }) => [content],
    }),
  },
  // Bytes, of which nobody knows whom they name: all of them go, as the files do.
  uploads: {
    nobody: "id at is_whole",
    rule: {
      forget: async ({ here }) => void (await here.query("delete from peyk.uploads")),
      found: () => Promise.resolve([]),
    },
  },
  upload_pieces: { nobody: "upload_id number piece" },
  updates_set_aside: {
    nobody: "number at",
    forgets: "content",
    rule: rowsThat("updates_set_aside", {
      where: "one.content::text ilike any($3)",
      without: (row, { match }) => (isSaidAnywhere(row["content"], match) ? undefined : row),
      theirs: ({ content }) => [content],
    }),
  },
  // Documents first: what was written back is told by the answers that it went to.
  documents: { nobody: "kind name number revision", forgets: "value", rule: inDocuments },
  answer_book: { nobody: "is_only last" },
  answers: {
    nobody: "number channel campaign_id at is_automatic",
    forgets: "value key username person_id",
    rule: {
      forget: async ({ here, match }) => void (await here.query(ERASE_ANSWERS, [match.names, match.ids])),
      found: async ({ here, match }) =>
        (await here.query(BY_PERSON, [match.names, match.ids])).rows.map(({ value }) => value),
    },
  },
  lead_lists: { nobody: "name last", forgets: "summary", rule: inLeadLists },
  lead_entries: { nobody: "list number", forgets: "entry", rule: inLeadEntries },
  leads: { nobody: "list source at", forgets: "key id username x_id query", rule: inLeads },
  identities: {
    nobody: "channel at",
    forgets: "username person_id",
    rule: rowsThat("identities", {
      where: "one.username = any($1) or one.person_id = any($2)",
      without: gone,
    }),
  },
  identity_names: {
    nobody: "channel at number",
    forgets: "username person_id",
    rule: rowsThat("identity_names", {
      where: "one.username = any($1) or one.person_id = any($2)",
      without: gone,
    }),
  },
  simulated: {
    nobody: "number entry account at text_hash",
    forgets: "username dedup_key message_id",
    rule: rowsThat("simulated", {
      where: "one.username = any($1)",
      without(row, { match }) {
        const alias = match.aliasOf(row["username"]);
        const { message_id: id, dedup_key: key } = row;
        return {
          ...row,
          username: alias,
          dedup_key: String(key).replace(/:[^:]*$/, `:${alias}`),
          message_id: typeof id === "string" ? `sim-${match.standInFor(id)}` : id,
        };
      },
    }),
  },
  inboxes: { nobody: "channel account read_at shut_until shut_why" },
  subscribers: {
    nobody: "number",
    forgets: "id value",
    rule: rowsThat("subscribers", {
      where: "one.id::text = any($2) or one.value ->> 'username' = any($1)",
      without: gone,
      theirs: ({ value }) => [value],
    }),
  },
  // They go with their subscribers.
  subscriber_names: { forgets: "name id" },
  subscriber_changes: { nobody: "kind at source", forgets: "id" },
  suppression_book: { nobody: "is_only revision" },
  suppressions: {
    nobody: "reason at",
    forgets: "username note",
    rule: together(
      namedBy("suppressions", "username", {
        by: "names",
        others: ["reason", "note", "at"],
        also: { note: "null" },
      }),
      rowsThat("suppressions", {
        where: "one.note ilike any($3)",
        without: (row, { match }) => ({ ...row, note: match.masked(String(row["note"])) }),
        theirs: ({ note }) => [{ note }],
      }),
    ),
  },
  history_head: { nobody: "is_only key count seal anew_at" },
  // Names stand beside the entries, which are sealed.
  history: { nobody: "n before seal entry" },
  history_names: {
    forgets: "hash name",
    rule: {
      async forget({ here, match }) {
        for (const name of [...match.names, ...match.ids]) await eraseName(here, name);
      },
      async found({ here, match }) {
        const found: unknown[] = [];
        for (const name of match.names) found.push(...(await entriesAbout(here, name)));
        return found;
      },
    },
  },
  // What stays: by it they are known when they come again.
  erased_key: { nobody: "is_only key inner_key outer_key" },
  erased: { nobody: "alias" },
  migrations: { nobody: "version made_at" },
};
