/** Puts a move together: the data folder with its lease on one side, the database on the other. */
import { randomUUID } from "node:crypto";
import type { MoveProgress, MoveWay, MovedHouse } from "../cli/program-parts.ts";
import type { Config } from "../config.ts";
import type { RecordedDeed } from "../domain/history/entry.ts";
import type { Clock } from "../lib/clock.ts";
import { Opened } from "../lib/opened.ts";
import { TroubledError } from "../lib/trouble.ts";
import { giveUp } from "../move/give-up.ts";
import type { MoveParts } from "../move/move-parts.ts";
import { moveToDatabase } from "../move/to-database.ts";
import { moveToFiles } from "../move/to-files.ts";
import { refuseHalfRestored } from "../storage/files/folder/data-folder.ts";
import type { Lease } from "../storage/files/folder/lease.ts";
import { openLease } from "../storage/files/folder/lease.ts";
import { openHistoryStore } from "../storage/files/history/history-store.ts";
import type { Database } from "../storage/postgres/database.ts";
import { openDatabase } from "../storage/postgres/database.ts";
import { createHistoryStore } from "../storage/postgres/history/history-store.ts";
import { prepareDatabase } from "../storage/postgres/own-schema.ts";
import type { HistoryStore } from "../storage/ports/history.ts";

export interface MoveRequest {
  readonly way: MoveWay;
  readonly tell: (progress: MoveProgress) => void;
  readonly interrupted: AbortSignal;
  readonly clock: Clock;
  /** Who is at the keyboard. */
  readonly login: string;
}

/** @throws {LeaseTakenError} when a Peyk is at work in the folder */
export async function moveHouse(config: Config, request: MoveRequest): Promise<MovedHouse> {
  const { way, tell, interrupted, clock } = request;
  const { dataDir, databaseUrl, store } = config;
  await refuseHalfRestored(dataDir);
  await using opened = new Opened();
  const lease = opened.hold(await openLease(dataDir, clock));
  if (store !== "postgres" || databaseUrl === undefined)
    throw new TroubledError("peyk move needs STORE=postgres and DATABASE_URL, the address of the database.", {
      code: "moveNoDatabase",
    });
  await prepareDatabase(databaseUrl);
  const database = opened.hold(openDatabase({ url: databaseUrl, connections: 3 }));
  const at = { dataDir, database, now: () => clock.now(), newId: randomUUID, tell, interrupted };
  if (way === "giveUp") return { kind: "givenUp", path: dataDir, openIn: await giveUp(at) };
  const move = way === "toDatabase" ? moveToDatabase : moveToFiles;
  const { tally } = await move({ ...at, ...recording({ ...request, dataDir, database, lease }) });
  const { campaigns, states: counts, doNotSend, subscribers, leadLists } = tally;
  return { kind: "moved", path: dataDir, campaigns, counts, doNotSend, subscribers, leadLists };
}

interface Recording extends Pick<MoveRequest, "way" | "clock" | "login"> {
  readonly dataDir: string;
  readonly database: Database;
  readonly lease: Lease;
}

/** The history begins it where everything is, and ends it where everything came to be: what was begun moves along. */
function recording({
  dataDir,
  database,
  lease,
  way,
  clock,
  login,
}: Recording): Pick<MoveParts, "begun" | "ended"> {
  const deed: RecordedDeed = way === "toFiles" ? "moveToFiles" : "moveToDatabase";
  const inFolder = async (work: (history: HistoryStore) => Promise<unknown>): Promise<void> => {
    await using history = await openHistoryStore(dataDir, { beforeWrite: () => lease.assertHeld() });
    await work(history);
  };
  const inDatabase = async (work: (history: HistoryStore) => Promise<unknown>): Promise<void> =>
    void (await work(createHistoryStore(database)));
  const [from, to] = way === "toFiles" ? [inDatabase, inFolder] : [inFolder, inDatabase];
  return {
    begun: () =>
      from((history) =>
        history.append({ t: "begun", deed, by: { kind: "terminal", name: login }, about: {} }, clock.now()),
      ),
    ended: () =>
      to(async (history) => {
        const entries = await history.entries();
        const begun = entries.findLast((one) => one.t === "begun" && one.deed === deed);
        const isEnded = entries.some((one) => one.t === "ended" && one.of === begun?.n);
        if (begun && !isEnded) await history.append({ t: "ended", of: begun.n, end: "done" }, clock.now());
      }),
  };
}
