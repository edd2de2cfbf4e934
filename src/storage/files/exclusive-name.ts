/**
 * A name that one process on this machine can hold at a time. The kernel keeps it while the process lives, also when
 * it is stopped, and frees it the moment the process ends, however that happens: there is no stale lock to break.
 */
import { rm } from "node:fs/promises";
import type { Server } from "node:net";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface HeldName extends AsyncDisposable {
  readonly name: string;
}

/** Takes a name; undefined when somebody else holds it. Doesn't keep the process alive. */
export async function holdName(
  name: string,
  platform: string = process.platform,
): Promise<HeldName | undefined> {
  const path = socketPath(name, platform);
  let server = await listen(path);
  if (!server && isFile(platform) && !(await isAnswered(path))) {
    await rm(path, { force: true });
    server = await listen(path);
  }
  if (!server) return undefined;
  return { name, [Symbol.asyncDispose]: () => close(server) };
}

/** Tells whether somebody holds a name, without ever holding it. */
export async function isNameHeld(name: string, platform: string = process.platform): Promise<boolean> {
  return isAnswered(socketPath(name, platform));
}

/** Linux has names outside of any folder, Windows named pipes; elsewhere it is a socket file, which outlives its holder. */
function socketPath(name: string, platform: string): string {
  if (platform === "linux") return `\0${name}`;
  if (platform === "win32") return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

function isFile(platform: string): boolean {
  return platform !== "linux" && platform !== "win32";
}

/** Undefined when the path is in use. */
async function listen(path: string): Promise<Server | undefined> {
  const server = createServer((connection) => connection.destroy());
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen({ path }, () => resolve(server));
  });
}

/** Tells whether a process stands behind a socket file: one that was killed leaves a file that refuses connections. */
async function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect({ path }, () => resolve(true));
    connection.once("error", () => resolve(false)).once("connect", () => connection.destroy());
  });
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}
