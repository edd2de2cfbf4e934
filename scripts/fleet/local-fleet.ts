/** A PostgreSQL, workers and a chat on this machine, in one folder; whatever they keep is gone on with the next time. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { openTogether } from "../../src/lib/opened.ts";
import { openCluster } from "../../tests/support/postgres/cluster.ts";
import { freePort } from "../../tests/support/running-program.ts";
import type { Order } from "./orders.ts";
import { LocalProcess } from "./local-process.ts";

export interface LocalFleetSettings {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
  /** Absolute. */
  readonly folder: string;
  readonly workers: number;
  /** What its processes are told beside where they keep things. */
  readonly env: Readonly<Record<string, string>>;
  readonly onUp: (part: "database" | "chat" | "workers") => void;
  /** Told of a process that ended though nobody ended it, with what it printed last. */
  readonly onEnd: (name: string, said: string) => void;
}

/** What came of an order. */
export type Obeyed = "killed" | "started" | "isDown" | "isUp" | "noSuchWorker";

export interface LocalFleet extends AsyncDisposable {
  readonly pageUrl: string;
  readonly monitorUrl: string;
  /** Numbers by which the system knows them, in their order; undefined for one that is down. */
  pids(): readonly (number | undefined)[];
  obey(order: Order): Promise<Obeyed>;
}

const runningSchema = z.object({ kind: z.literal("running"), pageUrl: z.string(), monitorUrl: z.string() });

/** What a process prints first, once it works. */
const RUNNING = /^\{"kind":"running".*\}$/m;

/** Opens it part by part; what was opened is closed again, in order, when any can't be. */
export function openLocalFleet(settings: LocalFleetSettings): Promise<LocalFleet> {
  const { folder, workers: count, onUp } = settings;
  return openTogether(async (opened) => {
    await mkdir(folder, { recursive: true, mode: modeOfFolder() });
    const place = {
      folder: join(folder, "postgres"),
      port: await freePort(),
      isDurable: true,
      isRemoved: false,
    };
    const { url } = opened.hold(await openCluster(place));
    onUp("database");
    const made = (name: string, part: string): LocalProcess => processOf({ ...settings, name, part, url });
    const chat = made("chat", "chat");
    const workers = Array.from({ length: count }, (_, index) => made(`worker-${index + 1}`, "worker"));
    const everybody = [chat, ...workers];
    opened.hold({
      [Symbol.asyncDispose]: async () => void (await Promise.all(everybody.map((one) => one.stop()))),
    });
    // The first makes the tables.
    const [line] = await chat.start(RUNNING);
    const { pageUrl, monitorUrl } = runningSchema.parse(JSON.parse(line));
    onUp("chat");
    await Promise.all(workers.map((one) => one.start(RUNNING)));
    onUp("workers");
    return {
      pageUrl,
      monitorUrl,
      pids: () => workers.map(({ pid }) => pid),
      obey: (order) => obey(order, workers),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

/** PostgreSQL refuses to run as root, and whoever runs it in root's place has to get there. */
function modeOfFolder(): number {
  return process.getuid?.() === 0 ? 0o711 : 0o700;
}

interface Making extends LocalFleetSettings {
  readonly name: string;
  readonly part: string;
  readonly url: string;
}

function processOf({ cli, folder, env, onEnd, name, part, url }: Making): LocalProcess {
  const cwd = join(folder, name);
  const keeps = { STORE: "postgres", DATABASE_URL: url, DATA_DIR: join(cwd, "data"), WORKER_NAME: name };
  return new LocalProcess({
    words: [cli, part, "--json"],
    cwd,
    env: { ...env, ...keeps },
    onEnd: (said) => onEnd(name, said),
  });
}

async function obey({ deed, worker }: Order, workers: readonly LocalProcess[]): Promise<Obeyed> {
  const one = workers[worker - 1];
  if (!one) return "noSuchWorker";
  if (deed === "kill") {
    if (!one.isUp) return "isDown";
    await one.kill();
    return "killed";
  }
  if (one.isUp) return "isUp";
  await one.start(RUNNING);
  return "started";
}
