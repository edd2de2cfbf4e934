/** The doctor: looks at everything that is kept and tells what is wrong with it, without changing anything. */
import type { DayOf } from "../../domain/accounts/calendar-day.ts";
import type { DatabaseParts } from "./database-findings.ts";
import { databaseFindings } from "./database-findings.ts";
import { historyProblem } from "./history-problem.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Archive } from "../../storage/ports/archive.ts";
import type { AccountParts } from "./account-findings.ts";
import { accountFindings } from "./account-findings.ts";
import { campaignFindings } from "./campaign-findings.ts";
import type { Check, DoctorReport, DoctorWords, Finding } from "./finding.ts";

export interface DoctorParts extends AccountParts, DatabaseParts {
  /** When the backup was made that is looked at, ms since the epoch; absent: it is the data folder. */
  readonly backupOf?: number;
  /** Problems of the settings, one line each. */
  readonly configProblems: readonly string[];
  /** What is worth knowing about them, one line each. */
  readonly configNotes?: readonly string[];
  /** Absent where it can't be read at all, which is told elsewhere. */
  readonly archive?: Archive;
  readonly clock: Clock;
  readonly dayOf: DayOf;
}

/** No release of Peyk is older; a clock before it is wrong. */
const EARLIEST_MS = Date.UTC(2025, 0, 1);
/** Clocks of one machine step back a little when they are set. */
const CLOCK_SLACK_MS = 60_000;

/** Examines everything; an examination that fails is itself a finding. */
export async function examine(parts: DoctorParts): Promise<DoctorReport> {
  const { configProblems, configNotes = [] } = parts;
  const findings: Finding[] = configProblems.map((text) => ({
    check: "configuration",
    level: "wrong",
    text,
  }));
  for (const text of configNotes) findings.push({ check: "configuration", level: "note", text });
  findings.push(...(await databaseFindings(parts)));
  if (parts.archive) findings.push(...(await archiveFindings(parts.archive, parts)));
  findings.push(...(await accountFindings(parts)));
  return {
    findings: [...fine(findings, parts), ...findings],
    isWell: findings.every(({ level }) => level !== "wrong"),
  };
}

/** A part of what is looked at, and by what. */
type Examining = DoctorParts & { readonly archive: Archive };

async function archiveFindings(archive: Archive, parts: DoctorParts): Promise<Finding[]> {
  const examining = { ...parts, archive };
  const lease = await leaseFindings(examining);
  const files = await fileFindings(examining);
  const { lastAt, findings: invariants } = await campaignFindings(examining);
  const clock = clockFindings(parts.clock.now(), lastAt, parts.words);
  return [...lease, ...clock, ...files, ...invariants, ...(await historyFindings(examining))];
}

/** A check that found nothing wrong says so. */
function fine(findings: readonly Finding[], { archive, database, words }: DoctorParts): Finding[] {
  const looked = quiet.filter((check) => archive || check === "configuration");
  return looked
    .filter((check) => !findings.some((one) => one.check === check && one.level !== "note"))
    .map((check) => ({ check, level: "ok", text: words.say(fineText(check, database !== undefined)) }));
}

const quiet = [
  "configuration",
  "clock",
  "files",
  "invariants",
  "history",
] as const satisfies readonly Check[];

function fineText(check: Quiet, isDatabase: boolean): string {
  return isDatabase && check === "files" ? "cli-doctor-fine-rows" : `cli-doctor-fine-${check}`;
}

type Quiet = (typeof quiet)[number];

async function historyFindings({ archive, words }: Examining): Promise<Finding[]> {
  const text = await archive.history().then(
    (state) => historyProblem(state, words),
    (error: unknown) => words.error(error),
  );
  return text === undefined ? [] : [{ check: "history", level: "wrong", text }];
}

/** Nobody uses a backup; that it was looked at at all says that it is whole. */
async function leaseFindings({ archive, words, backupOf }: Examining): Promise<Finding[]> {
  if (backupOf === undefined)
    return archive.lease ? [await leaseFinding(() => archive.lease?.(), words)] : [];
  const text = words.say("cli-doctor-backup", { moment: words.moment(backupOf) });
  return [{ check: "files", level: "ok", text }];
}

async function leaseFinding(
  held: () => ReturnType<NonNullable<Archive["lease"]>> | undefined,
  words: DoctorWords,
): Promise<Finding> {
  try {
    const lease = await held();
    if (!lease) return { check: "lease", level: "ok", text: words.say("cli-doctor-lease-never") };
    const { pid, host, startedAt, isHeld } = lease;
    const who = { process: String(pid), host, moment: words.moment(startedAt) };
    const id = isHeld ? "cli-doctor-lease-held" : "cli-doctor-lease-free";
    return { check: "lease", level: "ok", text: words.say(id, who) };
  } catch (error) {
    return { check: "lease", level: "wrong", text: words.error(error) };
  }
}

function clockFindings(now: number, lastAt: number, words: DoctorWords): Finding[] {
  if (now < EARLIEST_MS)
    return [
      {
        check: "clock",
        level: "wrong",
        text: words.say("cli-doctor-clock-says", { moment: words.moment(now) }),
      },
    ];
  if (lastAt <= now + CLOCK_SLACK_MS) return [];
  const minutes = Math.ceil((lastAt - now) / 60_000);
  const text = words.say("cli-doctor-clock-behind", { minutes });
  return [{ check: "clock", level: "wrong", text }];
}

async function fileFindings({ archive, words }: Examining): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { path, problem, note } of archive.files()) {
    if (problem !== undefined) {
      const text = words.error(problem);
      const whole = text.includes(path) ? text : words.say("cli-doctor-of", { name: path, problem: text });
      findings.push({ check: "files", level: "wrong", text: whole });
    }
    if (note !== undefined) findings.push({ check: "files", level: "note", text: words.trouble(note) });
  }
  return findings;
}
