/** Values by kind and name. Each change says which revision it was made of, and changes nothing where that is gone. */

export const ALL = `select name, value from peyk.documents where kind = $1 order by number`;

export const ONE = `select revision, value from peyk.documents where kind = $1 and name = $2`;

export const CREATE = `
insert into peyk.documents (kind, name, value) values ($1, $2, $3) on conflict (kind, name) do nothing`;

export const REPLACE = `
update peyk.documents set value = $3, revision = nextval('peyk.revisions')
where kind = $1 and name = $2 and revision = $4`;

export const REMOVE = `delete from peyk.documents where kind = $1 and name = $2 and revision = $3`;
