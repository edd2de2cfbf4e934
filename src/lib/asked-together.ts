/** How many are asked about at a time. */
const AT_A_TIME = 500;

/**
 * Asks about each of many, some hundreds at the same moment, which whoever answers can make one question of. Gives those with
 * the answers, all in their order.
 */
export async function* askedTogether<One, Answer>(
  all: AsyncIterable<One> | Iterable<One>,
  ask: (one: One) => Promise<Answer>,
): AsyncGenerator<readonly (readonly [One, Answer])[]> {
  let some: One[] = [];
  for await (const one of all) {
    some.push(one);
    if (some.length < AT_A_TIME) continue;
    yield await answered(some, ask);
    some = [];
  }
  yield await answered(some, ask);
}

function answered<One, Answer>(
  some: readonly One[],
  ask: (one: One) => Promise<Answer>,
): Promise<(readonly [One, Answer])[]> {
  return Promise.all(some.map(async (one) => [one, await ask(one)] as const));
}
