/** Opens the playground with its world in the data folder, which one process at a time has. */
import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Clock } from "../lib/clock.ts";
import { createFolder } from "../lib/files/sync-folder.ts";
import { openTogether } from "../lib/opened.ts";
import type { Playground, PlaygroundOptions } from "../playground/playground.ts";
import { openPlayground } from "../playground/playground.ts";
import { sampleContents } from "../playground/world/sample-names.ts";
import { openLease } from "../storage/files/folder/lease.ts";
import { onPort } from "./on-port.ts";
import { PERSONS } from "./operators.ts";
import { SAMPLE_LIST } from "./sample-list.ts";

const TITLE = { en: "Sample list", fa: "فهرست نمونه" };

type Settings = Pick<Config, "dataDir" | "store" | "webPort" | "isWebPortGiven">;
type Beside = Pick<PlaygroundOptions, "key" | "beside"> & { readonly clock: Clock };

/** @throws {LeaseTakenError} when another process has its world */
export async function openPlaygroundHere(settings: Settings, beside: Beside): Promise<Playground> {
  const folder = join(settings.dataDir, "playground");
  await createFolder(folder);
  return openTogether(async (opened) => {
    // Beside a database several may use the data folder; in files its own lease stands before this.
    if (settings.store === "postgres") opened.hold(await openLease(folder, beside.clock));
    const playground = opened.hold(await onPort(settings, (port) => openIn(folder, port, beside)));
    return { ...playground, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}

function openIn(folder: string, port: number, beside: Beside): Promise<Playground> {
  return openPlayground({
    port,
    stateFile: join(folder, "world.jsonl"),
    persons: PERSONS,
    samples: [
      { name: "sample-list.csv", title: TITLE, path: SAMPLE_LIST },
      ...sampleContents.map((one) => ({ ...one, content: one.name })),
    ],
    ...beside,
  });
}
