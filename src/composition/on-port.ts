/** The local port that pages are opened on. */
import type { Config } from "../config.ts";
import { TroubledError } from "../lib/trouble.ts";

type PortSettings = Pick<Config, "webPort" | "isWebPortGiven">;

/** Ports that are tried one after another where the settings name none; after them any free one will do. */
const NEXT_PORTS = 20;

/**
 * Opens something on the port of the settings; that another program has it is said in one line. Where they name none,
 * the next free port does as well.
 */
export async function onPort<T>(config: PortSettings, open: (port: number) => Promise<T>): Promise<T> {
  const { webPort, isWebPortGiven } = config;
  const others = Array.from({ length: NEXT_PORTS }, (_, n) => webPort + 1 + n);
  const ports = isWebPortGiven ? [webPort] : [webPort, ...others, 0];
  for (const port of ports) {
    const opened = await open(port).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return undefined;
      throw error;
    });
    if (opened !== undefined) return opened;
  }
  throw new TroubledError(`WEB_PORT: ${webPort} is in use by another program. Set another one.`, {
    code: "portInUse",
    with: { port: String(webPort) },
  });
}
