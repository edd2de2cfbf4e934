/** What was taken back and mended: a campaign's entries, in order. */
export const amendments = `
create table peyk.amendment_entries (
  campaign_id text not null,
  number bigint not null,
  entry jsonb not null,
  primary key (campaign_id, number)
);
`;
