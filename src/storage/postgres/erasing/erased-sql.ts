/** Who was erased. */

export const KEEP_KEY = `
insert into peyk.erased_key (key, inner_key, outer_key) values ($1, $2, $3) on conflict (is_only) do nothing`;

export const KEY = `select key from peyk.erased_key`;

export const ADD = `insert into peyk.erased (alias) select unnest($1::text[]) on conflict (alias) do nothing`;

export const ALL = `select alias from peyk.erased`;

/** Nothing where another transaction has it, or there is nothing to do. */
export const HOLD = `
select value from peyk.documents where kind = 'erasing' and jsonb_array_length(value -> 'pending') > 0
for update skip locked`;
