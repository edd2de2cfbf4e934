/** How another terminal tells a running fleet what to do: one line there, one line back, over a socket in the fleet's folder. */
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

/** What a worker is told. */
export interface Order {
  readonly deed: "kill" | "start";
  /** From 1. */
  readonly worker: number;
}

/** @returns Nothing where the text is no order */
export function orderOf(words: readonly string[]): Order | undefined {
  const [deed, number = "", ...more] = words;
  if ((deed !== "kill" && deed !== "start") || !/^[1-9]\d?$/.test(number) || more.length > 0)
    return undefined;
  return { deed, worker: Number(number) };
}

/** Relative: the path of a socket may have some hundred characters, and a folder's may have more. */
function socketIn(folder: string): string {
  if (process.platform === "win32")
    return `\\\\.\\pipe\\peyk-fleet-${Buffer.from(folder).toString("hex").slice(-40)}`;
  return relative(process.cwd(), join(folder, "orders.sock"));
}

/** Tells the fleet that runs in a folder; undefined where none does. */
export async function askFleet(folder: string, words: readonly string[]): Promise<string | undefined> {
  const socket = connect(socketIn(folder));
  try {
    await once(socket, "connect");
  } catch {
    return undefined;
  }
  socket.write(`${words.join(" ")}\n`);
  return text(socket);
}

/** @param obey Answers in words what came of it; is given nothing where it was no order */
export async function listenForOrders(
  folder: string,
  obey: (order: Order | undefined) => Promise<string>,
): Promise<AsyncDisposable> {
  const path = socketIn(folder);
  if (process.platform !== "win32") await rm(path, { force: true });
  const server = createServer((asker) => {
    asker.on("error", () => undefined); // whoever asked is gone
    createInterface(asker).once("line", (line) => {
      void obey(orderOf(line.split(" "))).then((answer) => void asker.end(answer));
    });
  });
  await once(server.listen(path), "listening");
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}
