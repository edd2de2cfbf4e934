/** How the database is that everything is kept in, as findings of the doctor. */
import type { DatabaseLook, WorkLook } from "../../storage/ports/database-look.ts";
import type { DoctorWords, Finding } from "./finding.ts";

export interface DatabaseParts {
  /** How it is, with what its tables say where they are this version's; what it throws is a finding. Absent: there is none. */
  readonly database?: () => Promise<DatabaseLook & { readonly work?: WorkLook }>;
  readonly words: DoctorWords;
}

/** The oldest PostgreSQL that will do, as it numbers itself. */
const OLDEST_SERVER = 130_000;

/** Clocks of two machines may differ by so much before anybody sees it, in ms. */
const CLOCK_SLACK_MS = 5_000;

/** Connections that a process holds at most: a pool of ten, and two for its duties. */
const CONNECTIONS_A_PROCESS = 12;

type Found = Omit<Finding, "check">;

export async function databaseFindings({ database, words }: DatabaseParts): Promise<Finding[]> {
  if (!database) return [];
  const found = await database().then(
    (look) => [
      ...serverFindings(look, words),
      ...tableFindings(look.tables, words),
      ...workFindings(look.work, words),
    ],
    (error: unknown): Found[] => [{ level: "wrong", text: words.error(error) }],
  );
  return found.map((one) => ({ check: "database", ...one }));
}

function serverFindings(
  { server, aheadMs, connections, isDurable }: DatabaseLook,
  words: DoctorWords,
): Found[] {
  const version = `${Math.floor(server / 10_000)}.${server % 10_000}`;
  const { most, used } = connections;
  const more = Math.max(0, Math.floor((most - used) / CONNECTIONS_A_PROCESS));
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const isOld = server < OLDEST_SERVER;
  return [
    {
      level: isOld ? "wrong" : "ok",
      text: words.say(isOld ? "cli-doctor-database-old" : "cli-doctor-database", { version }),
    },
    {
      level: more === 0 ? "wrong" : "ok",
      text: words.say("cli-doctor-connections", { used, most, more }),
    },
    ...(isDurable ? [] : [{ level: "wrong", text: words.say("cli-doctor-not-durable") } as const]),
    ...(Math.abs(aheadMs) < CLOCK_SLACK_MS
      ? []
      : [
          {
            level: "note",
            text: words.say(aheadMs > 0 ? "cli-doctor-clock-slow" : "cli-doctor-clock-fast", { seconds }),
          } as const,
        ]),
  ];
}

function tableFindings({ there, known }: DatabaseLook["tables"], words: DoctorWords): Found[] {
  if (there === known) return [];
  if (there === 0) return [{ level: "note", text: words.say("cli-doctor-tables-none") }];
  return there > known
    ? [{ level: "wrong", text: words.say("cli-doctor-tables-newer", { number: there, known }) }]
    : [{ level: "note", text: words.say("cli-doctor-tables-older", { number: there, known }) }];
}

function workFindings(work: WorkLook | undefined, words: DoctorWords): Found[] {
  if (!work) return [];
  const { workers, left, isPutBack } = work;
  return [
    workers.length === 0
      ? { level: "note", text: words.say("cli-doctor-nobody-works") }
      : { level: "ok", text: words.say("cli-doctor-who-works", { names: words.names(workers) }) },
    ...(left === 0 ? [] : [{ level: "note", text: words.say("cli-doctor-left", { count: left }) } as const]),
    ...(isPutBack ? [{ level: "note", text: words.say("cli-doctor-put-back") } as const] : []),
  ];
}
