/** What a stranger on this computer can take up of a port: not for long, and not much. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { listenLocally } from "./local-server.ts";

const limits = { connections: 3, headersMs: 60, requestMs: 120, lookMs: 20 };

async function serve() {
  const server = await listenLocally(async (request) => new Response(await request.text()), 0, limits);
  onTestFinished(() => server.close());
  return { ...server, port: Number(new URL(server.address).port) };
}

async function dial(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

test.each([
  ["headers", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "],
  ["a body", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nx"],
])("who never ends %s is hung up on", async (_what, begun) => {
  const { port } = await serve();
  const socket = await dial(port, begun);
  socket.resume();
  await once(socket, "close");
});

test("connections beyond the number are hung up on, and make room again", async () => {
  const { port, address } = await serve();
  const held = await Promise.all(Array.from({ length: 3 }, () => dial(port, "")));
  const surplus = await dial(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  surplus.resume();
  await once(surplus, "close");
  for (const socket of held) socket.destroy();
  await expect.poll(async () => (await fetch(address).catch(() => undefined))?.status).toBe(200);
});
