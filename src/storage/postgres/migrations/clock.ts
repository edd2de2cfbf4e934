/**
 * The store's time, ms since the epoch, and what every row's moment is. All processes go by it, however their own clocks
 * stand; tests put another function in its place.
 */
export const clock = `
create function peyk.now() returns bigint language sql volatile as
  $$ select floor(extract(epoch from clock_timestamp()) * 1000)::bigint $$;
`;
