/**
 * Who is written to: a row each, unique by its name in a campaign. It says where they stand by the journal, which is kept
 * beside it, an entry for every change, in the same transaction.
 *
 * How many stand where is counted by a trigger from whatever statement changed them, so that nobody counts a million rows:
 * the sum over a campaign's rows of `tallies`. They are several, so that claims of different sessions wait for none.
 */
export const recipients = `
create table peyk.recipients (
  -- Whoever adds people holds the campaign: asking for it row by row would take as long as adding them.
  campaign_id text not null,
  ordinal integer not null,
  username text not null,
  -- As they came with the list, in the order of its columns; null where there are none.
  row_values jsonb,
  -- The account that alone may write to them; empty: every one of the campaign's may.
  through text not null default '',
  state text not null default 'planned',
  -- Planned for a moment of their own; null: whenever the list comes to them.
  due_at bigint,
  -- due_at is when to look again whether it is known what they answered.
  is_left_out boolean not null default false,
  -- Attempts that count.
  attempts integer not null default 0,
  -- All claims, those of somebody with no attempt that counted before, and those for which no call was made.
  claims integer not null default 0,
  firsts integer not null default 0,
  uncalled integer not null default 0,
  -- 1 where the operator sends again to somebody who may have it, 2 once they were claimed since.
  again smallint not null default 0,
  -- The attempt that is not settled for good; null: there is none.
  claim_id bigint,
  owner text,
  waits boolean not null default false,
  pursued_by text,
  -- Of the last attempt.
  claim_number bigint,
  account text,
  claimed_at bigint,
  -- Who was behind the name, where that was known.
  claimed_person text,
  revision integer,
  language text,
  -- Whether they have a message, whatever became of later attempts, and when they got it or may have.
  reached text not null default 'no',
  is_reach_lasting boolean not null default false,
  reached_at bigint,
  -- The operator left them uncertain.
  is_left boolean not null default false,
  -- What the last entry about them says.
  at bigint,
  message_id text,
  why jsonb,
  skip_reason text,
  skipped_for text,
  primary key (campaign_id, ordinal),
  unique (campaign_id, username)
) with (fillfactor = 80);

create index recipients_due on peyk.recipients (campaign_id, through, due_at, ordinal) where state = 'planned';
create index recipients_bound on peyk.recipients (campaign_id, through) where state = 'planned' and through <> '';
create index recipients_open on peyk.recipients (campaign_id, claimed_at) where state in ('claimed', 'uncertain');
create index recipients_reached on peyk.recipients (username) where reached <> 'no';

create sequence peyk.claim_ids;

create table peyk.journal (
  number bigint generated always as identity primary key,
  campaign_id text not null,
  -- That it is about; null: none.
  claim_id bigint,
  entry jsonb not null
);
create index journal_of_campaign on peyk.journal (campaign_id, number);

-- Under which of their names a person is written to.
create table peyk.claimed_people (
  campaign_id text not null,
  person_id text not null,
  ordinal integer not null,
  primary key (campaign_id, person_id)
);

create table peyk.tallies (
  campaign_id text not null,
  slot integer not null,
  planned bigint not null default 0,
  claimed bigint not null default 0,
  sent bigint not null default 0,
  not_found bigint not null default 0,
  refused bigint not null default 0,
  failed bigint not null default 0,
  uncertain bigint not null default 0,
  skipped bigint not null default 0,
  claims bigint not null default 0,
  firsts bigint not null default 0,
  uncalled bigint not null default 0,
  sent_again bigint not null default 0,
  left_out bigint not null default 0,
  primary key (campaign_id, slot)
) with (fillfactor = 50);

create function peyk.count_recipients() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into peyk.tallies (campaign_id, slot, planned)
    select campaign_id, pg_backend_pid() % 8, count(*) from new_rows group by campaign_id
    on conflict (campaign_id, slot) do update set planned = tallies.planned + excluded.planned;
    return null;
  end if;
  insert into peyk.tallies
  select campaign_id, pg_backend_pid() % 8,
    coalesce(sum(sign) filter (where state = 'planned'), 0), coalesce(sum(sign) filter (where state = 'claimed'), 0),
    coalesce(sum(sign) filter (where state = 'sent'), 0), coalesce(sum(sign) filter (where state = 'notFound'), 0),
    coalesce(sum(sign) filter (where state = 'refused'), 0), coalesce(sum(sign) filter (where state = 'failed'), 0),
    coalesce(sum(sign) filter (where state = 'uncertain'), 0), coalesce(sum(sign) filter (where state = 'skipped'), 0),
    sum(sign * claims), sum(sign * firsts), sum(sign * uncalled), coalesce(sum(sign) filter (where again = 2), 0),
    coalesce(sum(sign) filter (where is_left_out and state = 'planned'), 0)
  from (select 1 as sign, campaign_id, state, claims, firsts, uncalled, again, is_left_out from new_rows
        union all
        select -1, campaign_id, state, claims, firsts, uncalled, again, is_left_out from old_rows) as change
  group by campaign_id order by campaign_id
  on conflict (campaign_id, slot) do update set
    planned = tallies.planned + excluded.planned, claimed = tallies.claimed + excluded.claimed,
    sent = tallies.sent + excluded.sent, not_found = tallies.not_found + excluded.not_found,
    refused = tallies.refused + excluded.refused, failed = tallies.failed + excluded.failed,
    uncertain = tallies.uncertain + excluded.uncertain, skipped = tallies.skipped + excluded.skipped,
    claims = tallies.claims + excluded.claims, firsts = tallies.firsts + excluded.firsts,
    uncalled = tallies.uncalled + excluded.uncalled, sent_again = tallies.sent_again + excluded.sent_again,
    left_out = tallies.left_out + excluded.left_out;
  return null;
end $$;

create trigger counted_new after insert on peyk.recipients referencing new table as new_rows
  for each statement execute function peyk.count_recipients();
create trigger counted after update on peyk.recipients referencing old table as old_rows new table as new_rows
  for each statement execute function peyk.count_recipients();

create function peyk.tally(of_campaign text) returns peyk.tallies language sql stable as $$
select row(of_campaign, 0, coalesce(sum(planned), 0), coalesce(sum(claimed), 0), coalesce(sum(sent), 0),
  coalesce(sum(not_found), 0), coalesce(sum(refused), 0), coalesce(sum(failed), 0), coalesce(sum(uncertain), 0),
  coalesce(sum(skipped), 0), coalesce(sum(claims), 0), coalesce(sum(firsts), 0), coalesce(sum(uncalled), 0),
  coalesce(sum(sent_again), 0), coalesce(sum(left_out), 0))::peyk.tallies
from peyk.tallies where campaign_id = of_campaign
$$;
`;
