/**
 * A process that serves until it is told to stop: waits for its database, starts its part, says where it is, starts anew what
 * must be, stops in order.
 */
import { once } from "node:events";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { systemClock } from "../../lib/clock.ts";
import { FullDisk } from "../../lib/files/full-disk.ts";
import { TroubledError } from "../../lib/trouble.ts";
import { openDataFolder } from "../../storage/files/folder/data-folder.ts";
import { reasonOfStore } from "../../storage/ports/away.ts";
import { openLog } from "../log.ts";
import type { RunningPart } from "./running-part.ts";
import { startOnceThere } from "./start-once-there.ts";
import type { ServedPart, ServingEnd, ServingNews } from "../../app/serving.ts";

export interface Serving {
  readonly part: ServedPart;
  readonly stopped: AbortSignal;
  readonly tell: (news: ServingNews) => void;
}

/** @throws when it can't be started, or only a database would do */
export async function serve(config: Config, { part, stopped, tell }: Serving): Promise<ServingEnd> {
  assertShared(config, part);
  await openDataFolder(config.dataDir, config.store);
  const disk = new FullDisk();
  const { log, close } = openLog(join(config.dataDir, "peyk.log"), { level: config.logLevel, disk });
  const start = await starterOf(part);
  try {
    const toldToStop = stopped.aborted ? Promise.resolve() : once(stopped, "abort").then(() => undefined);
    for (let isToldWhere = false; ; isToldWhere = true) {
      const running = await startOnceThere(() => start({ ...config, disk, part }, log), stopped, {
        clock: systemClock,
        onWait: (error) => tell({ kind: "waiting", why: reasonOfStore(error), said: saidIn(error) }),
      });
      // Nobody knows what is unfinished, and what is not known is not said to be over.
      if (!running) return { isFailed: false, isUnfinished: true };
      if (!isToldWhere) tell({ kind: "running", part, ...whereIs(running) });
      const end = await endOf(running, toldToStop);
      if (end.kind !== "again") tell(end);
      const { isUnfinished } = await running.stop();
      if (end.kind !== "again") return { isFailed: end.kind === "failed", isUnfinished };
    }
  } finally {
    close();
  }
}

/** What is not needed is not loaded: a worker has no chat. */
async function starterOf(part: ServedPart) {
  if (part === "worker") return (await import("./start-worker.ts")).startWorker;
  return (await import("../peyk.ts")).startPeyk;
}

function assertShared({ store }: Config, part: ServedPart): void {
  if (part === "everything" || store === "postgres") return;
  throw new TroubledError(
    `A part of Peyk by itself (peyk ${part}) needs a database that the others share: set STORE=postgres and DATABASE_URL. In a folder one process does everything: npm start.`,
    { code: "onlyShared", with: { part } },
  );
}

function whereIs({ pageUrl, monitorUrl, worker }: RunningPart) {
  return {
    ...(pageUrl === undefined ? {} : { pageUrl }),
    ...(monitorUrl === undefined ? {} : { monitorUrl }),
    ...(worker === undefined ? {} : { worker }),
  };
}

const saidIn = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type End = { readonly kind: "again" } | Exclude<ServingNews, { readonly kind: "running" | "waiting" }>;

/** Why it is to be stopped; `again`: to be started once more, for what is only done in between. */
function endOf({ done, mustRestart }: RunningPart, toldToStop: Promise<void>): Promise<End> {
  return Promise.race([
    toldToStop.then(() => ({ kind: "stopping" }) as const),
    mustRestart.then(() => ({ kind: "again" }) as const),
    done.then(
      () => ({ kind: "stopping" }) as const,
      (error: unknown) => ({ kind: "failed", error }) as const,
    ),
  ]);
}
