import type { Campaign } from "../../src/domain/campaign.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { createListStore } from "../../src/storage/postgres/lists/list-store.ts";
import { createInboxStore } from "../../src/storage/postgres/people/inbox-store.ts";
import type { LedgerStore } from "../../src/storage/ports/ledger.ts";
import { putList } from "../support/put-list.ts";
import { endLeases, makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { asApproved, ledgerContract } from "./ledger.ts";

/** What other stores keep of people, as this test says it. */
const SAYS = `
create table if not exists test.known (username text primary key, person jsonb not null);
create table if not exists test.answers (name text not null, at bigint not null);
delete from test.known;
delete from test.answers;
create or replace function peyk.known(of_channel text, name text) returns jsonb language sql stable as
  $$ select person from test.known where username = name $$;
create or replace function peyk.last_answer(of_channel text, names text[]) returns bigint language sql stable as
  $$ select max(at) from test.answers where name = any(names) $$;`;

const emptyDatabase = databaseOfFile();

ledgerContract("PostgreSQL", async (names) => {
  const here = await emptyDatabase();
  await here.query(SAYS);
  const database = here.open();
  const [lists, campaigns] = [createListStore(database), createCampaignStore(database)];
  const campaign = await makeCampaign(database, { names, columns: ["city"] });
  let others = 0;
  let store: LedgerStore | undefined;
  const stored = async (): Promise<Campaign> => (await campaigns.get(campaign.id)) ?? campaign;
  return {
    time: here.time,
    isShared: true,
    inboxes: createInboxStore(database),
    async open(rule = {}) {
      const { owner, ledgers } = await startProcess(here);
      await endLeases(here, owner);
      store = ledgers;
      return ledgers.open({ ...(await stored()), ...rule });
    },
    openBeside: async () => (await startProcess(here)).ledgers.open(await stored()),
    async store(change, id = campaign.id) {
      await campaigns.change(id, ({ pause, ...from }) => ({
        ...from,
        ...(pause && change.status === "paused" ? { pause } : {}),
        ...change,
      }));
    },
    approve: async () => void (await campaigns.change(campaign.id, asApproved)),
    list: (more) => putList(lists, more),
    honour: async (sent) => (await store?.honour(campaign.id, new Set(sent))) ?? 0,
    async identify(username, person) {
      await here.query(
        "insert into test.known values ($1, $2) on conflict (username) do update set person = excluded.person",
        [username, person],
      );
      // Whoever was never looked up is not asked about.
      await here.query("insert into peyk.identities values ('scripted', $1, $1, 0) on conflict do nothing", [
        username,
      ]);
    },
    async suppress(username, reason) {
      await here.query("insert into peyk.suppressions (username, reason, at) values ($1, $2, 0)", [
        username,
        reason,
      ]);
    },
    async answer(username, at) {
      await here.query("insert into test.answers values ($1, $2)", [username, at]);
    },
    async putSent(username, at, personId) {
      const id = `other-${others++}`;
      await makeCampaign(database, { id, names: [username] });
      await here.query(
        `update peyk.recipients set state = 'sent', reached = 'yes', reached_at = $2, account = 'one',
           claimed_at = $2, at = $2, claims = 1, attempts = 1, claimed_person = $3 where campaign_id = $1`,
        [id, at, personId ?? null],
      );
      return id;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
