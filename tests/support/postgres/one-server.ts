/**
 * One PostgreSQL for the whole test run, started for whichever test file asks first: making a cluster costs more than most
 * of these files. A run that needs none starts none.
 */
import { once } from "node:events";
import { createServer } from "node:net";
import type { TestProject } from "vitest/node";
import type { TestPostgres } from "./postgres.ts";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Port on 127.0.0.1 that answers whoever connects with the server's address. */
    postgresPort: number;
  }
}

/** Vitest's global set-up: answers with the server, and ends it when the run is over. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<TestPostgres> | undefined;
  const door = createServer((guest) => {
    guest.on("error", () => undefined); // a test file that was stopped
    started ??= startPostgres();
    void started.then(
      ({ url }) => guest.end(url),
      (error: unknown) => guest.end(String(error)),
    );
  });
  await once(door.listen(0, "127.0.0.1"), "listening");
  const address = door.address();
  project.provide("postgresPort", typeof address === "object" ? (address?.port ?? 0) : 0);
  return async () => {
    door.close();
    await (await started?.catch(() => undefined))?.[Symbol.asyncDispose]();
  };
}
