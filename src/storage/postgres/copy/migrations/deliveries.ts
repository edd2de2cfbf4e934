/** Tells leads that were delivered from those kept for later. Lists that travelled before travel again to be told so. */
export const deliveries = `
alter table peyk_copy.leads add column delivered_request integer, add column delivered_at timestamptz;
delete from peyk_copy.positions where feed like 'leads/%';
`;
