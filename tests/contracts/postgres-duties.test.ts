import { databaseOfFile } from "../support/postgres/test-database.ts";
import { createDutyWorld } from "../support/postgres/duty-world.ts";
import { dutiesContract } from "./duties.ts";

const database = databaseOfFile();
let end: number | undefined;

dutiesContract("BullMQ on PostgreSQL", async () => {
  const world = createDutyWorld(await database(), end);
  return {
    open: () => world.open(),
    until: (isSo) => world.until(isSo),
    problems: world.problems,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      end = world.clock.now();
    },
  };
});
