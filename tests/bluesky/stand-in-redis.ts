/** As much of Redis as Bluesky's own server wants for its cache, in memory on 127.0.0.1: texts by key, no expiry. */
import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";

export interface StandInRedis extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly host: string;
}

export async function openStandInRedis(): Promise<StandInRedis> {
  const store = new Map<string, string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let held = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (more) => {
      held = Buffer.concat([held, Buffer.from(more)]);
      for (let read = commandIn(held); read; read = commandIn(held)) {
        held = held.subarray(read.bytes);
        socket.write(answer(store, read.words));
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${portOf(server)}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** One command in Redis' protocol, an array of texts with their lengths; undefined while it is not whole. */
function commandIn(held: Buffer): { readonly words: readonly string[]; readonly bytes: number } | undefined {
  let at = 0;
  const line = (): string | undefined => {
    const end = held.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const text = held.toString("utf8", at, end);
    at = end + 2;
    return text;
  };
  const count = line();
  if (count === undefined) return undefined;
  const words: string[] = [];
  for (let left = Number(count.slice(1)); left > 0; left -= 1) {
    const length = Number(line()?.slice(1) ?? NaN);
    if (Number.isNaN(length) || held.length < at + length + 2) return undefined;
    words.push(held.toString("utf8", at, at + length));
    at += length + 2;
  }
  return { words, bytes: at };
}

function answer(store: Map<string, string>, [command = "", key = "", ...more]: readonly string[]): string {
  switch (command.toUpperCase()) {
    case "GET":
      return bulk(store.get(key));
    case "MGET":
      return `*${more.length + 1}\r\n${[key, ...more].map((one) => bulk(store.get(one))).join("")}`;
    case "SET":
      store.set(key, more[0] ?? "");
      return "+OK\r\n";
    case "DEL":
      return `:${Number(store.delete(key))}\r\n`;
    case "INFO":
      return bulk("redis_version:7.0.0\r\nloading:0\r\n");
    default:
      return "+OK\r\n";
  }
}

function bulk(text: string | undefined): string {
  return text === undefined ? "$-1\r\n" : `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}
