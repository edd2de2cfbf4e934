/** A place in a log is whatever whoever reads the log calls it; those that were written down go on meaning the same place. */
export const cursors = `
alter table peyk_copy.positions add column cursor text;
update peyk_copy.positions
set cursor = case when byte_offset = 0 then '' else byte_offset || ':' || fingerprint end;
alter table peyk_copy.positions alter column cursor set not null, drop column byte_offset, drop column fingerprint;
`;
