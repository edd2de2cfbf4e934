/** What channels keep for themselves in the database, where all processes that go through them find it. */
import { join } from "node:path";
import { z } from "zod";
import { openRecordPlace } from "../../../channels/simulator/record-place.ts";
import type { SimulatorConfig } from "../../../channels/simulator/config.ts";
import { accountLimitsSchema } from "../../../channels/x/limit-book.ts";
import { BrokenDocumentError, readDocument } from "../../../lib/files/stored-document.ts";
import type { KnownValues } from "../../../lib/known-values.ts";
import type { Opened } from "../../../lib/opened.ts";
import { SimulatedRecord } from "../../../storage/postgres/channels/simulated-record.ts";
import type { Database } from "../../../storage/postgres/database.ts";
import { documentIn } from "../../../storage/postgres/documents/documents.ts";
import { openKnownValues } from "../../../storage/postgres/documents/known-values.ts";
import type { Wakes } from "../../../storage/postgres/wakes.ts";
import { simulatorFormat, usualPeople, withAccounts } from "../../simulator-config.ts";
import type { ChannelBooks } from "../stores.ts";

export interface PostgresBooksParts {
  readonly database: Database;
  readonly wakes: Pick<Wakes, "on">;
  /** Whoever wants other simulated people says so in a file of this folder; they are everybody's from then on. */
  readonly dataDir: string;
  /** Holds what is open. */
  readonly opened: Opened;
  /** Told of a file that can't be understood: whoever was there before stays. */
  readonly onProblem: (error: Error) => void;
}

export function createPostgresBooks(parts: PostgresBooksParts): ChannelBooks {
  const { database, wakes, opened } = parts;
  const valuesOf = async <T>(kind: string, schema: z.ZodType<T>): Promise<KnownValues<T>> =>
    opened.hold(await openKnownValues(database, wakes, { kind, schema }));
  return {
    async xLimits() {
      const accounts = await valuesOf("x-limits", accountLimitsSchema);
      return { accounts, apps: await valuesOf("x-app-rests", z.number()) };
    },
    async simulated(accounts) {
      const { schema } = simulatorFormat;
      const kept = documentIn(database, { kind: "simulator", schema, initial: usualPeople() });
      const here = await peopleHere(parts);
      await kept.update((from) => withAccounts(here ?? from, accounts));
      return { config: await kept.read(), place: new SimulatedRecord(database) };
    },
  };
}

async function peopleHere({ dataDir, onProblem }: PostgresBooksParts): Promise<SimulatorConfig | undefined> {
  return readDocument(join(dataDir, "simulator.json"), simulatorFormat).catch((error: unknown) => {
    if (!(error instanceof BrokenDocumentError)) throw error;
    onProblem(error);
    return undefined;
  });
}

/** What is noted there is not kept. */
function forgotten<T>(values: KnownValues<T>): KnownValues<T> {
  return { get: (name) => values.get(name), change: () => Promise.resolve() };
}

/** The same for whoever changes nothing: what they note is forgotten with them. */
export function lookAtPostgresBooks(parts: PostgresBooksParts): ChannelBooks {
  const books = createPostgresBooks(parts);
  return {
    async xLimits() {
      const { accounts, apps } = await books.xLimits();
      return { accounts: forgotten(accounts), apps: forgotten(apps) };
    },
    async simulated(accounts) {
      const { database } = parts;
      const { schema } = simulatorFormat;
      const kept = await documentIn(database, { kind: "simulator", schema, initial: usualPeople() }).read();
      const nothing = { keepsDeliveries: false, countsAttempts: () => false, countsDeliveries: () => 0 };
      return { config: withAccounts(kept, accounts), place: await openRecordPlace(nothing) };
    },
  };
}
