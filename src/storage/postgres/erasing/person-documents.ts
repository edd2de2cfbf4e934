/** How documents give and forget one person, kind by kind. */
import { BY_PERSON } from "../answers/answers-sql.ts";
import { ERASE as ERASE_REPLIES } from "../answers/own-reply-store.ts";
import { aliasInTargets } from "../../ports/erased/line-rules.ts";
import type { ChangeLine, PersonMatch } from "../../ports/erased/person-match.ts";
import { maskedDeep } from "../../ports/erased/person-match.ts";
import type { PersonRule } from "./rows-of-person.ts";
import { rowsThat, together } from "./rows-of-person.ts";
import { withValue } from "./person-campaigns.ts";

type Change = (match: PersonMatch) => ChangeLine;

const same: Change = () => (value) => value;
const goes: Change = () => () => undefined;

/** By the first part of their kind. One that is not here has all that it says of them made unreadable. */
export const personDocuments: Readonly<Record<string, Change>> = {
  accounts: same,
  "api-tokens": same,
  // Names of audiences, and conditions; the people of kept lists are rows.
  audiences: same,
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
  team: same,
  webhooks: same,
};

const everyText: Change = (match) => (value) => maskedDeep(value, match);

const ruleOf = (kind: unknown): Change => personDocuments[String(kind).split("/", 1)[0] ?? ""] ?? everyText;

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
    without: (row, { match }) => withValue(row, "value", ruleOf(row["kind"])(match)),
    also: "revision = nextval('peyk.revisions')",
    theirs: ({ kind, value }) => (ruleOf(kind) === goes ? [] : [value]),
  }),
);
