/** A PostgreSQL, a chat and workers over it, in front of a fake X; each process has a folder and wires of its own. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Opened } from "../../src/lib/opened.ts";
import { openTogether } from "../../src/lib/opened.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { middayZone } from "../support/midday.ts";
import type { Cluster } from "../support/postgres/cluster.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import { freePort } from "../support/running-program.ts";
import { FleetApi } from "./fleet-api.ts";
import { FleetProcess } from "./fleet-process.ts";

export interface FleetSettings {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
  /** Workers there are when all are well. */
  readonly workers: number;
  readonly campaign: string;
  /** Messages that an account may send in any minute. */
  readonly perMinute: number;
  /** Names that nobody has reached yet, in the order of the list. */
  readonly unreached: () => readonly string[];
}

export interface Fleet extends AsyncDisposable {
  readonly cluster: Cluster;
  readonly chat: FleetProcess;
  /** Grows where one joins. */
  readonly workers: readonly FleetProcess[];
  /** Workers that are not down. */
  workersThere(): number;
  readonly least: number;
  readonly most: number;
  readonly api: FleetApi;
  readonly campaign: string;
  readonly unreached: () => readonly string[];
  /** Makes one more worker; it is not started yet. */
  makeWorker(): Promise<FleetProcess>;
}

/** So many may join beside those that there are. */
const MORE = 2;

/** Opens it; nothing but the database runs yet. */
export function openFleet(settings: FleetSettings, x: FakeX): Promise<Fleet> {
  return openTogether(async (opened) => {
    const folder = await mkdtemp(join(tmpdir(), "peyk-fleet-"));
    opened.hold({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
    const keys = x.accountKeys.map((one) => ({ ...one, perMinute: settings.perMinute }));
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(keys), { mode: 0o600 });
    const cluster = opened.hold(await startPostgres({ isDurable: true }));
    const place = { ...settings, folder, x, cluster, chatPort: await freePort(), opened };
    const workers: FleetProcess[] = [];
    const makeWorker = async (): Promise<FleetProcess> => {
      const one = await makeProcess(place, `worker-${workers.length + 1}`, "worker");
      workers.push(one);
      return one;
    };
    const chat = await makeProcess(place, "chat", "chat");
    while (workers.length < settings.workers) await makeWorker();
    return {
      cluster,
      chat,
      workers,
      workersThere: () => workers.filter(({ state }) => state !== "down").length,
      least: settings.workers,
      most: settings.workers + MORE,
      api: new FleetApi(place.chatPort, await tokenFor(place)),
      campaign: settings.campaign,
      unreached: settings.unreached,
      makeWorker,
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

interface Place extends FleetSettings {
  readonly folder: string;
  readonly x: FakeX;
  readonly cluster: Cluster;
  readonly chatPort: number;
  readonly opened: Opened;
}

async function makeProcess(place: Place, name: string, duty: "chat" | "worker"): Promise<FleetProcess> {
  const { cluster, x, folder, opened, cli, chatPort } = place;
  const cwd = join(folder, name);
  await mkdir(cwd);
  const one = await FleetProcess.open({
    name,
    words: [cli, duty, "--json"],
    cwd,
    database: Number(new URL(cluster.url).port),
    x: Number(new URL(x.address).port),
    env: (ports) => ({
      ...settingsOf(place, name, ports),
      WEB_PORT: duty === "chat" ? String(chatPort) : "0",
    }),
  });
  return opened.hold(one);
}

/** What every process is told, over wires of its own. */
function settingsOf(
  { cluster, folder }: Pick<Place, "cluster" | "folder">,
  name: string,
  ports: { readonly database: number; readonly x: number },
): Record<string, string> {
  return {
    STORE: "postgres",
    WORKER_NAME: name,
    DATABASE_URL: Object.assign(new URL(cluster.url), { port: String(ports.database) }).href,
    TIME_ZONE: middayZone(),
    X_ACCOUNTS_FILE: join(folder, "x-accounts.json"),
    X_API_BASE_URL: `http://127.0.0.1:${ports.x}`,
    // Its lists are never late.
    X_ABSENT_AFTER: "10",
  };
}

/** Has the command line let the run in, as an operator would. */
async function tokenFor(place: Place): Promise<string> {
  const ports = {
    database: Number(new URL(place.cluster.url).port),
    x: Number(new URL(place.x.address).port),
  };
  const env = { PATH: process.env["PATH"] ?? "", ...settingsOf(place, "operator", ports) };
  const words = [place.cli, "tokens", "add", "fleet"];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: place.folder, env });
  return /^peyk_\S+$/m.exec(stdout)?.[0] ?? "";
}
