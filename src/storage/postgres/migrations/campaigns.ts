/**
 * Campaigns with their lists and attachments, and lists on their way to one. A list's rows never change; a campaign that
 * adopts it names it (`campaign_lists`), and its people are recipients from the moment the campaign's document names it too.
 */
export const campaigns = `
create table peyk.lists (
  number bigint generated always as identity primary key,
  id text not null unique,
  columns jsonb not null,
  count integer not null default 0,
  is_finished boolean not null default false,
  -- Nobody finds it any more; its rows stay while a campaign is about to take them.
  is_discarded boolean not null default false,
  -- Made, written to or looked up last, by the store's time.
  used_at bigint not null
);

-- Of a list that whoever writes them holds: asking for it row by row would take longer than writing them.
create table peyk.list_rows (
  list bigint not null,
  ordinal integer not null,
  username text not null,
  -- In the order of the list's columns; null where there are none.
  row_values jsonb,
  primary key (list, ordinal)
);

create function peyk.remove_list_rows() returns trigger language plpgsql as $$
begin
  delete from peyk.list_rows using old_lists where list = old_lists.number;
  return null;
end $$;
create trigger with_rows after delete on peyk.lists referencing old table as old_lists
  for each statement execute function peyk.remove_list_rows();

create table peyk.rejected_rows (
  list bigint not null references peyk.lists on delete cascade,
  number integer not null,
  line integer not null,
  text text not null,
  reason text not null,
  primary key (list, number)
);

create table peyk.campaigns (
  id text primary key,
  -- What makes two spellings one campaign.
  key text not null unique,
  channel text not null,
  created_at bigint not null,
  document jsonb not null,
  -- Grows with every change: of two at the same moment the later one is made anew.
  version bigint not null default 1
);

-- Every process looks what changed, and what to do about it.
create function peyk.tell_of_campaigns() returns trigger language plpgsql as $$
begin
  perform pg_notify('peyk', 'campaigns');
  return null;
end $$;
create trigger campaigns_told after insert or update on peyk.campaigns
for each statement execute function peyk.tell_of_campaigns();

-- Names that other tools marked as sent for a task id, whether or not there is such a campaign yet; for good.
create table peyk.earlier_names (
  campaign_id text not null,
  username text not null,
  key text not null,
  at bigint not null,
  primary key (campaign_id, username)
);
create index earlier_names_by_key on peyk.earlier_names (key);

create table peyk.campaign_lists (
  campaign_id text not null,
  file text not null,
  -- None once its people are the campaign's and nobody else wants it.
  list bigint references peyk.lists on delete set null,
  adopted_at bigint not null,
  -- Its people are recipients of the campaign.
  is_taken boolean not null default false,
  primary key (campaign_id, file)
);
create index campaign_lists_waiting on peyk.campaign_lists (list) where not is_taken;

-- Values that a list given again brought, for everybody of one of the campaign's lists.
create table peyk.corrected_values (
  campaign_id text not null,
  file text not null,
  ordinal integer not null,
  row_values jsonb not null,
  primary key (campaign_id, file, ordinal)
);

create table peyk.attachments (
  campaign_id text not null,
  file text not null,
  size bigint not null default 0,
  is_whole boolean not null default false,
  begun_at bigint not null,
  primary key (campaign_id, file)
);

create table peyk.attachment_pieces (
  campaign_id text not null,
  file text not null,
  number integer not null,
  piece bytea not null,
  primary key (campaign_id, file, number),
  foreign key (campaign_id, file) references peyk.attachments on delete cascade
);
`;
