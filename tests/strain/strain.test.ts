/** The whole program under strain, in short; `npm run strain` does it at full length. */
import { expect, test } from "vitest";
import { ownStore } from "../support/own-store.ts";
import { compile } from "../support/runner/compiled.ts";
import { hostileLists } from "./hostile-lists.ts";
import { runStrain } from "./strain-run.ts";

test("whatever goes on, a stop and a pause bind at once, and nothing that is sent to it ends the program", async () => {
  const { path: main } = await compile("main.ts");
  const verdict = await runStrain({
    main,
    own: await ownStore(),
    seed: 7,
    subscribers: 600,
    leavers: 12,
    newcomers: 300,
    talk: 200,
    hostile: hostileLists(0.25).filter((_, at) => at % 3 === 0),
    answerMs: 8000,
    downloadMs: 10_000,
    uploadMs: 6000,
    floodS: 20,
  });
  expect(verdict).toMatchObject({ deaths: 0, doubled: 0, writtenAfterAnswer: 0, unanswered: 0 });
  expect(verdict.leavers).toBeGreaterThan(0);
  expect(verdict.pauses).toBeGreaterThan(0);
}, 600_000);
