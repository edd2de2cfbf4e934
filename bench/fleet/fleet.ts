/**
 * Many machines: sends a second of 1, 2 and 4 processes on one PostgreSQL, beside the bare minimum in the same database and
 * beside BullMQ with a job a recipient; what a send costs on a long list, importing one, and what idling costs.
 */
import { openDatabase } from "../../src/storage/postgres/database.ts";
import type { BenchRow } from "../row.ts";
import type { BenchServer } from "./bench-database.ts";
import { importCampaign, startBenchServer } from "./bench-database.ts";
import { fleetSpeed } from "./fleet-speed.ts";
import { floorSpeed } from "./floor.ts";
import { idleQueries } from "./idle.ts";
import { jobSpeed } from "./job-speed.ts";
import { pagesOfSend } from "./send-work.ts";

/** Sends that a process may have under way: as many are claimed together. */
const IN_FLIGHT = 64;

export async function benchFleet(): Promise<BenchRow[]> {
  await using server = await startBenchServer();
  return [
    ...(await speeds(server)),
    ...(await sendWork(server)),
    await longList(server),
    await idling(server),
  ];
}

async function speeds(server: BenchServer): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const processes of [1, 2, 4]) {
    const url = await server.database();
    // In turn, so that a busy moment of the machine meets all alike.
    const jobs = await jobSpeed(url, { names: 5000, inFlight: IN_FLIGHT, workers: processes });
    const floor = await floorSpeed(url, { names: 100_000, batch: IN_FLIGHT, connections: processes });
    const value = await fleetSpeed(url, { processes, names: 20_000, inFlight: IN_FLIGHT });
    const name = `sends, ${processes} ${processes === 1 ? "process" : "processes"}`;
    const ratio = value / floor;
    rows.push(
      { ...figures(value, floor, "/s"), name, ratio, aim: "half of the floor", met: ratio >= 0.5 },
      {
        ...figures(value, jobs, "/s"),
        name: `${name}, beside BullMQ with a job a recipient`,
        ratio: value / jobs,
        aim: "3 times",
        met: value >= 3 * jobs,
      },
    );
  }
  return rows;
}

async function sendWork(server: BenchServer): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  let floor = 0;
  for (const names of [10_000, 100_000, 1_000_000]) {
    const value = await pagesOfSend(await server.database(), { names, sends: 4000, inFlight: IN_FLIGHT });
    floor ||= value;
    const ratio = value / floor;
    const name = `pages the database looks at for a send, ${names.toLocaleString("en")} names`;
    rows.push({ ...figures(value, floor, "pages"), name, ratio, aim: "flat within 10 %", met: ratio <= 1.1 });
  }
  return rows;
}

async function longList(server: BenchServer): Promise<BenchRow> {
  await using database = openDatabase({ url: await server.database() });
  const startedAt = performance.now();
  await importCampaign(database, "long", { count: 1_000_000 });
  const value = (performance.now() - startedAt) / 1000;
  return {
    name: "a list of a million names becomes a campaign",
    value: round(value),
    unit: "s",
    aim: "under 30 s",
    met: value < 30,
  };
}

async function idling(server: BenchServer): Promise<BenchRow> {
  const value = await idleQueries(await server.database());
  return {
    name: "queries of a process that has nothing to do",
    value: round(value),
    unit: "/s",
    aim: "under 5",
    met: value < 5,
  };
}

function figures(value: number, floor: number, unit: string) {
  return { value: round(value), floor: round(floor), unit };
}

function round(value: number): number {
  return value < 100 ? Math.round(value * 10) / 10 : Math.round(value);
}
