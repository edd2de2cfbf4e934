/**
 * The doctor: looks at everything on disk and tells what is wrong with it, without changing anything. Keeps the promise
 * checkable: the states add up, no name has two sent records, no account sent more than it may.
 */
import type { DayOf } from "../../domain/accounts/calendar-day.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignUse } from "../../domain/invariants.ts";
import { JournalAudit, overdrafts } from "../../domain/invariants.ts";
import type { Entry } from "../../domain/journal.ts";
import { JournalFold } from "../../domain/journal-fold.ts";
import type { Counts, Ordinal } from "../../domain/recipient.ts";
import { importedTotal, recipientStates } from "../../domain/recipient.ts";
import type { ChainState } from "../../domain/history/chain.ts";
import type { DatabaseParts } from "./database-findings.ts";
import { databaseFindings } from "./database-findings.ts";
import { historyProblem } from "./history-problem.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Trouble } from "../../lib/trouble.ts";
import type { AccountParts } from "./account-findings.ts";
import { accountFindings } from "./account-findings.ts";
import type { Check, DoctorReport, DoctorWords, Finding } from "./finding.ts";

/** A file that was looked at; `problem` when it can't be used, `note` when something about it is worth knowing. */
export interface ExaminedFile {
  readonly path: string;
  /** What was thrown when it was looked at. */
  readonly problem?: unknown;
  readonly note?: Trouble;
}

/** A campaign whose document and lists can be read. */
export interface ExaminedCampaign {
  readonly campaign: Campaign;
  readonly size: number;
  /** Hands over every entry of the journal; throws at one that can't be understood. */
  replay(onEntry: (entry: Entry) => void): Promise<void>;
  usernameOf(ordinal: Ordinal): Promise<string>;
  /** How many its checkpoint file says were sent; 0 where there is none. */
  sentByCheckpoint(): Promise<number>;
  /** How many stand where by what is kept beside the journal, each time it is counted; absent: nothing is. */
  counted?(): Promise<readonly Counts[]>;
}

/** Everything that is kept, to be read only. */
export interface Archive {
  /** Or rows. */
  files(): AsyncIterable<ExaminedFile>;
  /** Gives each campaign for as long as its turn lasts. */
  campaigns(): AsyncIterable<ExaminedCampaign>;
  /** Whether anything is missing from the history. */
  history(): Promise<ChainState>;
  /** Who had the lease last; undefined when nobody ever had it. Absent where there is none to be had. */
  lease?(): Promise<{ pid: number; host: string; startedAt: number; isHeld: boolean } | undefined>;
}

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
  const { lastAt, findings: invariants } = await invariantFindings(examining);
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

async function invariantFindings({ archive, dayOf, words }: Examining) {
  const findings: Finding[] = [];
  const uses: CampaignUse[] = [];
  let lastAt = 0;
  for await (const examined of archive.campaigns()) {
    const audit = new JournalAudit(examined.size, dayOf);
    const problems = await audited(examined, audit, words);
    for (const text of problems)
      findings.push({
        check: "invariants",
        level: "wrong",
        text: words.say("cli-doctor-of", { name: examined.campaign.id, problem: text }),
      });
    lastAt = Math.max(lastAt, audit.lastAt);
    const { id, channel, accounts } = examined.campaign;
    uses.push({ id, channel, accounts, uses: audit.uses });
  }
  for (const { account, day, messages, cap, campaigns } of overdrafts(uses)) {
    const text = words.say("cli-doctor-overdraft", {
      account,
      messages,
      moment: words.moment(day),
      limit: cap,
      campaigns: words.names(campaigns),
    });
    findings.push({ check: "invariants", level: "wrong", text });
  }
  return { lastAt, findings };
}

/** Reads a campaign's journal twice over, once as the engine does and once as the audit does. */
async function audited(
  examined: ExaminedCampaign,
  audit: JournalAudit,
  words: DoctorWords,
): Promise<string[]> {
  const fold = new JournalFold(examined.size, { debit: () => undefined, credit: () => undefined });
  const problems: string[] = [];
  let contradiction: string | undefined;
  await examined
    .replay((entry) => {
      audit.take(entry);
      if (contradiction !== undefined) return;
      try {
        fold.apply(entry);
      } catch (error) {
        contradiction = words.say("cli-doctor-contradicts", { what: words.error(error) });
      }
    })
    .catch((error: unknown) => problems.push(words.error(error)));
  if (contradiction !== undefined) problems.push(contradiction);
  const total = importedTotal(fold.counts());
  if (total !== examined.size) problems.push(words.say("cli-doctor-total", { total, size: examined.size }));
  const { status, finishedAt } = examined.campaign;
  const unsettled = status === "finished" ? audit.unsettledAt(finishedAt ?? Infinity) : 0;
  if (unsettled > 0) problems.push(words.say("cli-doctor-journal-lost", { count: unsettled }));
  const count = unsettled === 0 && audit.lastAt === 0 ? await examined.sentByCheckpoint() : 0;
  if (count > 0) problems.push(words.say("cli-doctor-journal-empty", { count }));
  if (audit.strangers.length > 0)
    problems.push(words.say("cli-doctor-strangers", { count: audit.strangers.length }));
  if (audit.sentUnmarked.length > 0)
    problems.push(words.say("cli-doctor-unmarked", { count: audit.sentUnmarked.length }));
  problems.push(...(await countedOtherwise(examined, fold.counts(), words)));
  problems.push(...(await doubledNames(examined, audit, words)));
  return problems;
}

/** What is kept beside the journal must say what the journal says. */
async function countedOtherwise(
  examined: ExaminedCampaign,
  byJournal: Counts,
  words: DoctorWords,
): Promise<string[]> {
  const other = ((await examined.counted?.()) ?? []).flatMap((counts) =>
    recipientStates.filter((state) => counts[state] !== byJournal[state]).map((state) => ({ state, counts })),
  );
  const [first] = other;
  if (!first) return [];
  const { state, counts } = first;
  const told = { state: words.say(`state-${state}`), rows: counts[state], count: byJournal[state] };
  return [words.say("cli-doctor-rows", told)];
}

/** Whose name can't be read is told by their number on the list, and why it can't, once. */
async function doubledNames(
  examined: ExaminedCampaign,
  audit: JournalAudit,
  words: DoctorWords,
): Promise<string[]> {
  const problems = new Set<string>();
  const seen = new Set<string>();
  const doubled = new Set<string>();
  const nameOf = async (ordinal: Ordinal): Promise<string> => {
    try {
      return await examined.usernameOf(ordinal);
    } catch (error) {
      problems.add(words.error(error));
      return `#${ordinal + 1}`;
    }
  };
  for (const ordinal of audit.sent) {
    if (ordinal < 0 || ordinal >= examined.size) continue;
    const username = await nameOf(ordinal);
    if (seen.has(username)) doubled.add(username);
    seen.add(username);
  }
  for (const ordinal of audit.sentTwice) if (ordinal < examined.size) doubled.add(await nameOf(ordinal));
  const texts = [...doubled].map((username) => words.say("cli-doctor-two-records", { username }));
  return [...problems, ...texts];
}
