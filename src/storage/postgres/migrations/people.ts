/**
 * What every claim asks of people beyond their campaign: the do-not-send list, who is behind a name, and how far answers are
 * read. The claim asks by functions alone; where something is not kept yet, the function answers so that nobody is written
 * to on a guess.
 */
export const people = `
create table peyk.suppressions (
  username text primary key,
  reason text not null,
  note text,
  at bigint not null
);

create table peyk.identities (
  channel text not null,
  username text not null,
  person_id text not null,
  at bigint not null,
  primary key (channel, username)
);
create index identities_of_person on peyk.identities (channel, person_id);

create table peyk.inboxes (
  channel text not null,
  account text not null,
  read_at bigint,
  -- Until then it can't be read; null with a reason: somebody must mend the account first.
  shut_until bigint,
  shut_why jsonb,
  primary key (channel, account)
);

-- Why nobody writes to a name: a reason of the do-not-send list, or 'erased'; null: somebody may.
create function peyk.whom_not(name text) returns text language sql stable as
  $$ select reason from peyk.suppressions where username = name $$;

-- Whether the person of this id of a platform was erased.
create function peyk.is_erased_person(id text) returns boolean language sql stable as $$ select false $$;

-- Who is behind a name of a channel, as far as it was found out.
create function peyk.known(of_channel text, name text) returns jsonb language sql stable as $$
select jsonb_build_object('personId', one.person_id, 'names', (
  select jsonb_agg(other.username order by other.username) from peyk.identities other
  where other.channel = of_channel and other.person_id = one.person_id))
from peyk.identities one where one.channel = of_channel and one.username = name
$$;

-- When one of these names or ids last wrote through a channel what is no automatic answer.
create function peyk.last_answer(of_channel text, names text[]) returns bigint language sql stable as
  $$ select peyk.now() $$;
`;
