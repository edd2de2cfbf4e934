/** A PostgreSQL, a chat and workers over it, in front of a fake X and a fake Telegram; each process has a folder and wires of its own. */
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
import type { FleetBot } from "./fleet-bot.ts";
import { OPERATOR_ID } from "./fleet-bot.ts";
import type { Ports } from "./fleet-process.ts";
import { FleetProcess } from "./fleet-process.ts";

export interface FleetSettings {
  /** Path of the compiled `peyk-cli.js`. */
  readonly cli: string;
  /** Workers there are when all are well. */
  readonly workers: number;
  /** Messages that an account may send in any minute. */
  readonly perMinute: number;
}

/** The channels as they are outside of everything that is killed. */
export interface Outside {
  readonly x: FakeX;
  readonly bot: FleetBot;
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
  /** Decides on whoever is uncertain in a campaign, by the command line as an operator would: `NAME again`, `--all sent`. */
  resolve(campaign: string, ...decision: readonly string[]): Promise<void>;
  /** Makes one more worker; it is not started yet. */
  makeWorker(): Promise<FleetProcess>;
}

/** So many may join beside those that there are. */
const MORE = 2;

/** Opens it; nothing but the database runs yet. */
export function openFleet(settings: FleetSettings, outside: Outside): Promise<Fleet> {
  return openTogether(async (opened) => {
    const folder = await mkdtemp(join(tmpdir(), "peyk-fleet-"));
    opened.hold({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
    const keys = outside.x.accountKeys.map((one) => ({ ...one, perMinute: settings.perMinute }));
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(keys), { mode: 0o600 });
    const cluster = opened.hold(await startPostgres({ isDurable: true }));
    const place = { ...settings, ...outside, folder, cluster, chatPort: await freePort(), opened };
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
      resolve: async (...decided) => void (await command(place, ["resolve", ...decided])),
      makeWorker,
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

interface Place extends FleetSettings, Outside {
  readonly folder: string;
  readonly cluster: Cluster;
  readonly chatPort: number;
  readonly opened: Opened;
}

async function makeProcess(place: Place, name: string, duty: "chat" | "worker"): Promise<FleetProcess> {
  const { folder, opened, cli, chatPort } = place;
  const cwd = join(folder, name);
  await mkdir(cwd);
  const one = await FleetProcess.open({
    name,
    words: [cli, duty, "--json"],
    cwd,
    servers: serversOf(place),
    env: (own) => ({
      ...settingsOf(place, name, own),
      WEB_PORT: duty === "chat" ? String(chatPort) : "0",
    }),
  });
  return opened.hold(one);
}

const portOf = (address: string): number => Number(new URL(address).port);

function serversOf({ cluster, x, bot }: Place): Ports {
  return { database: portOf(cluster.url), x: portOf(x.address), bot: portOf(bot.address) };
}

/** What every process is told, over wires of its own. */
function settingsOf({ cluster, folder, bot }: Place, name: string, ports: Ports): Record<string, string> {
  return {
    STORE: "postgres",
    WORKER_NAME: name,
    DATABASE_URL: Object.assign(new URL(cluster.url), { port: String(ports.database) }).href,
    TIME_ZONE: middayZone(),
    X_ACCOUNTS_FILE: join(folder, "x-accounts.json"),
    X_API_BASE_URL: `http://127.0.0.1:${ports.x}`,
    // Its lists are never late.
    X_ABSENT_AFTER: "10",
    BOT_TOKEN: bot.token,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${ports.bot}`,
    OPERATOR_IDS: String(OPERATOR_ID),
  };
}

/** Has the command line let the run in, as an operator would. */
async function tokenFor(place: Place): Promise<string> {
  return /^peyk_\S+$/m.exec(await command(place, ["tokens", "add", "fleet"]))?.[0] ?? "";
}

/** Answers what the command line prints. */
async function command(place: Place, words: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", ...settingsOf(place, "operator", serversOf(place)) };
  const { stdout } = await promisify(execFile)(process.execPath, [place.cli, ...words], {
    cwd: place.folder,
    env,
  });
  return stdout;
}
