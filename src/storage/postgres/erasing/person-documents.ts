/** How documents give and forget one person, kind by kind. */
import { BY_PERSON } from "../answers/answers-sql.ts";
import { ERASE as ERASE_REPLIES } from "../answers/own-reply-store.ts";
import { aliasInTargets, isSaidAnywhere, withoutEntries } from "../../ports/erased/line-rules.ts";
import type { ChangeLine, PersonMatch } from "../../ports/erased/person-match.ts";
import { isObject, maskedDeep } from "../../ports/erased/person-match.ts";
import type { Json, PersonRule } from "./rows-of-person.ts";
import { rowsThat, together } from "./rows-of-person.ts";
import { withValue } from "./person-campaigns.ts";

type Change = (match: PersonMatch, name: string) => ChangeLine;

const same: Change = () => (value) => value;
const goes: Change = () => () => undefined;

/** What the bot keeps, as `{ version, value }`: dialogues and drafts that say them go as a whole, of the rest the words. */
const ofBot: Change = (match, name) => {
  if (name.includes(".broken-")) return () => undefined;
  if (name === "conversations" || name === "drafts") return withoutEntries(match);
  return (value) => maskedDeep(value, match, (field) => field === "message");
};

/** By the first part of their kind. One that is not here has all that it says of them made unreadable. */
export const personDocuments: Readonly<Record<string, Change>> = {
  accounts: same,
  "api-tokens": same,
  // Names of audiences, and conditions; the people of kept lists are rows.
  audiences: same,
  bot: ofBot,
  channels: same,
  // Who is being erased: it goes last, and by itself.
  erasing: same,
  "finished-requests": aliasInTargets,
  "kept-answers": same,
  // Written for whoever looks at the data, and made anew.
  "lead-tracking": goes,
  // By the answers that they went to.
  "own-replies": same,
  "reply-cursors": same,
  restored: same,
  team: same,
  webhooks: same,
};

const everyText: Change = (match) => (value) => maskedDeep(value, match);

const ruleOf = ({ kind }: Json): Change => personDocuments[String(kind).split("/", 1)[0] ?? ""] ?? everyText;

const ownReplies: PersonRule = {
  async forget({ here, match }) {
    const { rows } = await here.query<{ value: { number: number } }>(BY_PERSON, [match.names, match.ids]);
    await here.query(ERASE_REPLIES, [rows.map(({ value }) => value.number)]);
  },
  found: async () => [],
};

export const inDocuments = together(
  ownReplies,
  rowsThat("documents", {
    where: `one.kind <> 'own-replies' and one.kind <> 'erasing' and one.value::text ilike any($3)`,
    without: (row, { match }) => withValue(row, "value", ruleOf(row)(match, String(row["name"]))),
    also: "revision = nextval('peyk.revisions')",
    theirs: (row, { match }) => (row["kind"] === "bot" ? saidBy(row["value"], match) : [row["value"]]),
  }),
);

/** Of a document what is about them, for what else is in it may be other people's. */
function saidBy(document: unknown, match: PersonMatch): readonly unknown[] {
  const value = isObject(document) ? document["value"] : undefined;
  return isObject(value) ? Object.values(value).filter((one) => isSaidAnywhere(one, match)) : [];
}
