/**
 * A wire between a process and a server on 127.0.0.1 that can be cut, and can go dead: nothing comes through then, and nobody
 * is told. The process is given the wire's port in the server's place.
 */
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";

export interface Wire extends AsyncDisposable {
  readonly port: number;
  /** Cuts every connection that is open; new ones come through. */
  cut(): void;
  /** From now on nothing comes through, on new connections neither. */
  deaden(): void;
  /** @param how `whole`: what was held back comes through now; `broken`: it is lost with its connection */
  mend(how: "whole" | "broken"): void;
}

/** @param port Of the server */
export async function openWire(port: number): Promise<Wire> {
  const ends = new Set<Socket>();
  let isDead = false;
  const cut = (): void => ends.forEach((end) => void end.destroy());
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.setNoDelay(true);
      end.on("error", () => undefined); // the other end is told by the close
      end.on("close", () => {
        ends.delete(end);
        other.destroy();
      });
      end.on("data", (bytes) => void other.write(bytes));
      end.on("end", () => void other.end());
      if (isDead) end.pause();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound ? bound.port : 0,
    cut,
    deaden() {
      isDead = true;
      ends.forEach((end) => void end.pause());
    },
    mend(how) {
      isDead = false;
      if (how === "broken") cut();
      else ends.forEach((end) => void end.resume());
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}
