import { aloneDuties } from "../../src/engine/duties/alone-duties.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { dutiesContract } from "./duties.ts";

dutiesContract("the one process there is", async () => {
  const clock = createVirtualClock();
  const problems: [string, unknown][] = [];
  const duties = aloneDuties({
    clock,
    worker: "this one",
    onProblem: (duty, error) => problems.push([duty, error]),
  });
  return {
    open: () => Promise.resolve(duties),
    async until(isSo) {
      for (let second = 0; !(await isSo()); second++) {
        if (second === 60) throw new Error("a minute passed in vain");
        await clock.advance(1000);
      }
    },
    problems,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});
