/**
 * Values by name that are answered at once: as they were when this process last looked. It looks whenever another one
 * changed any of them, and every so often besides.
 */
import type { KnownValues } from "../../../lib/known-values.ts";
import type { Database } from "../database.ts";
import type { Wakes } from "../wakes.ts";
import { tellOf } from "../wakes.ts";
import type { DocumentFormat } from "./documents.ts";
import { documentsIn } from "./documents.ts";

export interface OpenValues<T> extends KnownValues<T>, AsyncDisposable {}

export async function openKnownValues<T>(
  database: Database,
  wakes: Pick<Wakes, "on">,
  format: DocumentFormat<T>,
): Promise<OpenValues<T>> {
  const documents = documentsIn(database, format);
  let known = new Map(await documents.all());
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => void (known = new Map(await documents.all()));
  // What could not be read stays as it was known; the next wake looks again.
  const listening = wakes.on(format.kind, () => void (looking = look().catch(() => undefined)));
  return {
    get: (name) => known.get(name),
    async change(name, to) {
      const made = await documents.change(name, to);
      if (made !== undefined) known.set(name, made);
      await tellOf(format.kind, database);
    },
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]();
      await looking;
    },
  };
}
