import { expect, test } from "vitest";
import type { ServedPart } from "../../app/serving.ts";
import type { Duties, Offering } from "../../storage/ports/duties.ts";
import { CHAT_DUTY, dutiesOf } from "./own-duties.ts";

const work = (): Promise<void> => Promise.resolve();

/** What reaches the others of what a process with this part offers. */
function offeredBy(part: ServedPart | undefined): readonly [string, Offering | undefined][] {
  const offered: [string, Offering | undefined][] = [];
  const all: Duties = {
    offer(duty, _work, how) {
      offered.push([duty, how]);
      return { [Symbol.asyncDispose]: () => Promise.resolve() };
    },
    holders: () => Promise.resolve([]),
  };
  const own = dutiesOf(part, all);
  own.offer(CHAT_DUTY, work);
  own.offer("account/x/shop", work, { isAtNeed: true });
  return offered;
}

test.each<[ServedPart | undefined, readonly string[]]>([
  [undefined, ["chat", "account/x/shop"]],
  ["everything", ["chat", "account/x/shop"]],
  ["worker", ["account/x/shop"]],
  ["chat", ["chat"]],
])("whose part is %s offers its part, as it is meant", (part, duties) => {
  const offered = offeredBy(part);
  expect(offered.map(([duty]) => duty)).toEqual(duties);
  for (const [duty, how] of offered) expect(how?.isAtNeed).toBe(duty === CHAT_DUTY ? undefined : true);
});
