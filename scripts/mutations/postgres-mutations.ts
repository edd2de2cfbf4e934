/** What many processes over one database promise, broken. */
import type { Mutation } from "./mutation.ts";

const CLAIMS = "storage/postgres/migrations/claims.ts";
const ENDINGS = "storage/postgres/migrations/endings.ts";
const CLAIMING = "storage/postgres/ledger/claiming.ts";
const LEAVING = "storage/postgres/ledger/leaving.ts";
const OWNER = "storage/postgres/ledger/owner.ts";
const DUTIES = "storage/postgres/duties/shared-duties.ts";
const CONTRACT = "tests/contracts/postgres-ledger.test.ts";
const OWNERS = "tests/postgres/owners.test.ts";
const APART = "tests/postgres/claims-apart.test.ts";
const SHARED = "tests/postgres/duties.test.ts";

export const postgresMutations: readonly Mutation[] = [
  {
    what: "a claim in the database costs no limit",
    file: CLAIMS,
    from: "select id, of_channel, account, campaign, moment from made),",
    to: "select id, of_channel, account, campaign, moment from made where false),",
    seenBy: [CONTRACT],
  },
  {
    what: "a claim in the database counts whoever is not planned as claimed",
    file: CLAIMS,
    from: "if written < jsonb_array_length(entries) then",
    to: "if false then",
    seenBy: [APART],
  },
  {
    what: "two names of one person are claimed at the same moment",
    file: CLAIMS,
    from: "if written < people then",
    to: "if false then",
    seenBy: [APART],
  },
  {
    what: "claims through one account don't wait for each other",
    file: CLAIMS,
    from: "perform peyk.hold_account(of_channel, of_account);",
    to: "",
    seenBy: [APART],
  },
  {
    what: "a campaign's own speed is counted by each process alone",
    file: CLAIMING,
    from: "return [pace, tryFirst, spendCap].some(",
    to: "return [tryFirst, spendCap].some(",
    seenBy: [APART],
  },
  {
    what: "the claim in the database does not ask how the campaign is stored",
    file: CLAIMING,
    from: "if (!campaign || why || isOutdated",
    to: "if (!campaign || isOutdated",
    seenBy: [CONTRACT],
  },
  {
    what: "a text that another process has changed is sent as it was",
    file: CLAIMING,
    from: "return revision !== (opened.revision ?? 0);",
    to: "return revision < (opened.revision ?? 0);",
    seenBy: ["tests/postgres/outdated-text.test.ts"],
  },
  {
    what: "claims whose commit was not answered are forgotten",
    file: CLAIMING,
    from: "if (error instanceof DatabaseError && error.mayBeCommitted) this.#unknown",
    to: "if (false) this.#unknown",
    seenBy: [APART],
  },
  {
    what: "whoever lost the lease in the database settles all the same",
    file: ENDINGS,
    from: "perform peyk.hold_campaign(campaign, false);\n  if not peyk.owns(by_owner) then",
    to: "perform peyk.hold_campaign(campaign, false);\n  if false then",
    seenBy: [CONTRACT],
  },
  {
    what: "the sweep takes claims of owners who are there",
    file: ENDINGS,
    from: "\n    and not peyk.owns(owner, moment);",
    to: ";",
    seenBy: [CONTRACT],
  },
  {
    what: "a claim in the database whose call may have left is planned again",
    file: "storage/postgres/ledger/sweeping.ts",
    from: "const asked = [interrupted, notCalled]",
    to: "const asked = [notCalled, notCalled]",
    seenBy: [CONTRACT],
  },
  {
    what: "whoever lost the lease in the database calls all the same",
    file: LEAVING,
    from: "if (!isOwner) throw new LeaseLostError();",
    to: "",
    seenBy: [OWNERS],
  },
  {
    what: "an answer that was long on its way lets a call leave",
    file: LEAVING,
    from: "if (tookMs <= LATE_MS || (tookMs <= ANSWER_MS && tries >= MOST_TRIES))",
    to: "if (tookMs >= 0)",
    seenBy: [OWNERS],
  },
  {
    what: "an opt-out after the claim in the database comes too late",
    file: LEAVING,
    from: "=== id && !(facts && whyNot(facts, campaign, now));",
    to: "=== id;",
    seenBy: [CONTRACT],
  },
  {
    what: "a call that leaves late counts from its claim on",
    file: LEAVING,
    from: "return now - countedAt > LATE_MS &&",
    to: "return now - countedAt > LATE_MS * 1000 &&",
    seenBy: ["tests/postgres/late-calls.test.ts"],
  },
  {
    what: "a call leaves however little of the lease is left",
    file: OWNER,
    from: "export const CALL_MS = 30_000;",
    to: "export const CALL_MS = 0;",
    seenBy: [OWNERS],
  },
  {
    what: "the lease of a neighbour who lives is ended",
    file: OWNER,
    from: "if (await this.#marks.isGone(mark))",
    to: "",
    seenBy: [OWNERS],
  },
  {
    what: "a dump that is put back is not noticed",
    file: "storage/postgres/home/home-sql.ts",
    from: " and ${WRITTEN} as",
    to: " as",
    seenBy: ["tests/postgres/home.test.ts"],
  },
  {
    what: "campaigns in a dump go on by themselves",
    file: "storage/postgres/home/home.ts",
    from: "const rested = await putAtRest(here, { madeAt, at });",
    to: "const rested = { campaigns: 0, paused: 0, collections: 0 };",
    seenBy: ["tests/postgres/home.test.ts"],
  },
  {
    what: "whoever can't renew a duty goes on with it",
    file: DUTIES,
    from: "if (!hold.isSure(now)) hold.lose();",
    to: "hold.isSure(now);",
    seenBy: [SHARED],
  },
  {
    what: "a duty that the database says is lost is gone on with",
    file: DUTIES,
    from: "if (lost.has(hold.fetched)) hold.lose();",
    to: "if (lost.has(hold.fetched)) hold.renewed(askedAt);",
    seenBy: [SHARED],
  },
  {
    what: "what the dead held nobody takes",
    file: DUTIES,
    from: "if (board.isAnyoneDead && (await this.#jobs.recover()))",
    to: "if (false)",
    seenBy: [SHARED],
  },
  {
    what: "a place in the lane of which nothing is said counts no more",
    file: "storage/postgres/lanes/place-source.ts",
    from: "USABLE_MS + windowMs];",
    to: "0];",
    seenBy: ["tests/postgres/lane.test.ts"],
  },
  {
    what: "a lane that is to ask for a place later does not wake by itself",
    file: "lib/pace/priority-lane.ts",
    from: "if (this.#placeAt !== undefined) return this.#placeAt;",
    to: "if (this.#placeAt !== undefined) return Infinity;",
    seenBy: ["src/lib/pace/shared-places.test.ts"],
  },
  {
    what: "a newer Peyk's tables are worked with",
    file: "storage/postgres/migrate.ts",
    from: "if (done > migrations.length)",
    to: "if (false)",
    seenBy: ["tests/postgres/database.test.ts"],
  },
  {
    what: "a move in which both sides differ closes the one",
    file: "move/check.ts",
    from: "if (first !== undefined)",
    to: "if (false)",
    seenBy: ["tests/move"],
  },
  {
    what: "each of several processes says that a campaign waits",
    file: "domain/campaign-status.ts",
    from: "from.pause?.kind === pause.kind && isWaiting(from) ?",
    to: "false ?",
    seenBy: ["src/engine/many-processes.test.ts"],
  },
];
