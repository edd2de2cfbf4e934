/**
 * The doctor: looks at everything on disk and tells what is wrong with it, without changing anything. Keeps the promise
 * checkable: the states add up, no name has two sent records, no account sent more than it may.
 */
import type { AccountCheck, AccountLimit } from "../../channels/channel.ts";
import type { DayOf } from "../../domain/accounts/calendar-day.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignUse } from "../../domain/invariants.ts";
import { JournalAudit, overdrafts } from "../../domain/invariants.ts";
import type { Entry } from "../../domain/journal.ts";
import { JournalFold } from "../../domain/journal-fold.ts";
import type { Ordinal } from "../../domain/recipient.ts";
import { importedTotal } from "../../domain/recipient.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { CheckedAccount } from "./check-accounts.ts";

export type Check = "configuration" | "lease" | "clock" | "files" | "invariants" | "accounts";

export interface Finding {
  readonly check: Check;
  /** `wrong` needs a person; `note` is worth knowing. */
  readonly level: "ok" | "note" | "wrong";
  readonly text: string;
}

export interface DoctorReport {
  readonly findings: readonly Finding[];
  readonly isWell: boolean;
}

/** A file that was looked at; `problem` when it can't be used, `note` when something about it is worth knowing. */
export interface ExaminedFile {
  readonly path: string;
  readonly problem?: string;
  readonly note?: string;
}

/** A campaign whose document and lists can be read. */
export interface ExaminedCampaign {
  readonly campaign: Campaign;
  readonly size: number;
  /** Hands over every entry of the journal; throws at one that can't be understood. */
  replay(onEntry: (entry: Entry) => void): Promise<void>;
  usernameOf(ordinal: Ordinal): Promise<string>;
}

/** Everything on disk, to be read only. */
export interface Archive {
  files(): AsyncIterable<ExaminedFile>;
  /** Gives each campaign for as long as its turn lasts. */
  campaigns(): AsyncIterable<ExaminedCampaign>;
  /** Who had the lease last; undefined when nobody ever had it. */
  lease(): Promise<{ pid: number; host: string; startedAt: number; isHeld: boolean } | undefined>;
}

export interface DoctorParts {
  /** Problems of the settings, one line each. */
  readonly configProblems: readonly string[];
  /** What is worth knowing about them, one line each. */
  readonly configNotes?: readonly string[];
  readonly archive: Archive;
  readonly clock: Clock;
  readonly dayOf: DayOf;
  /** Asks the platforms how the accounts fare; what it throws is a finding. */
  readonly accounts?: () => Promise<readonly CheckedAccount[]>;
  readonly words: DoctorWords;
}

/** What the findings have of the reader's words. */
export interface DoctorWords {
  reason(why: Reason): string;
  limit(name: AccountLimit["name"]): string;
}

/** No release of Peyk is older; a clock before it is wrong. */
const EARLIEST_MS = Date.UTC(2025, 0, 1);
/** Clocks of one machine step back a little when they are set. */
const CLOCK_SLACK_MS = 60_000;

/** Examines everything; an examination that fails is itself a finding. */
export async function examine(parts: DoctorParts): Promise<DoctorReport> {
  const { archive, configProblems, configNotes = [] } = parts;
  const findings: Finding[] = configProblems.map((text) => ({
    check: "configuration",
    level: "wrong",
    text,
  }));
  for (const text of configNotes) findings.push({ check: "configuration", level: "note", text });
  findings.push(await leaseFinding(archive));
  const files = await fileFindings(archive);
  const { lastAt, findings: invariants } = await invariantFindings(parts);
  findings.push(...clockFindings(parts.clock.now(), lastAt), ...files, ...invariants);
  findings.push(...(await accountFindings(parts)));
  return {
    findings: [...fine(findings), ...findings],
    isWell: findings.every(({ level }) => level !== "wrong"),
  };
}

/** A check that found nothing wrong says so. */
function fine(findings: readonly Finding[]): Finding[] {
  const quiet: readonly (readonly [Check, string])[] = [
    ["configuration", "Every setting is valid."],
    ["clock", "The clock agrees with the journals."],
    ["files", "Every file can be read."],
    ["invariants", "The states add up, nobody has two sent records, and no account sent more than it may."],
  ];
  return quiet
    .filter(([check]) => !findings.some((one) => one.check === check && one.level !== "note"))
    .map(([check, text]) => ({ check, level: "ok", text }));
}

/** Where there is nobody to ask, there is nothing to tell. */
async function accountFindings({ accounts, words }: DoctorParts): Promise<Finding[]> {
  try {
    return ((await accounts?.()) ?? []).flatMap(({ channel, account, check }) =>
      check ? [{ check: "accounts", ...wordsOf(`${channel} ${account}`, check, words) }] : [],
    );
  } catch (error) {
    return [{ check: "accounts", level: "wrong", text: textOf(error) }];
  }
}

function wordsOf(account: string, check: AccountCheck, words: DoctorWords): Pick<Finding, "level" | "text"> {
  switch (check.kind) {
    case "well": {
      const limits = check.limits.map(
        ({ name, left, count, resetsAt }) =>
          `${left} of ${count} ${words.limit(name)} left until ${new Date(resetsAt).toISOString()}`,
      );
      const { unanswered = [] } = check;
      const gaps = unanswered.map(
        ({ why }) => `its messages can't be read, stop words neither: ${words.reason(why)}`,
      );
      const isRefused = unanswered.some((one) => one.isRefused);
      const level = isRefused ? "wrong" : unanswered.length > 0 ? "note" : "ok";
      const isWell = isRefused ? "is known" : "is well";
      return { level, text: [`${account}: @${check.username} ${isWell}`, ...gaps, ...limits].join("; ") };
    }
    case "trouble":
      return {
        level: check.trouble === "resting" ? "note" : "wrong",
        text: `${account}: ${words.reason(check.why)}`,
      };
    case "unknown":
      return {
        level: check.isRefused ? "wrong" : "note",
        text: `${account} could not be asked: ${words.reason(check.why)}`,
      };
  }
}

async function leaseFinding(archive: Archive): Promise<Finding> {
  try {
    const lease = await archive.lease();
    if (!lease) return { check: "lease", level: "ok", text: "Nobody has used this folder yet." };
    const { pid, host, startedAt, isHeld } = lease;
    const who = `process ${pid} on ${host}, started ${new Date(startedAt).toISOString()}`;
    return { check: "lease", level: "ok", text: isHeld ? `In use by ${who}.` : `Free; last used by ${who}.` };
  } catch (error) {
    return { check: "lease", level: "wrong", text: textOf(error) };
  }
}

function clockFindings(now: number, lastAt: number): Finding[] {
  if (now < EARLIEST_MS)
    return [{ check: "clock", level: "wrong", text: `The clock says ${new Date(now).toISOString()}.` }];
  if (lastAt <= now + CLOCK_SLACK_MS) return [];
  const minutes = Math.ceil((lastAt - now) / 60_000);
  const text = `The clock is ${minutes} min behind the last journal entry. Set it before sending: limits go by it.`;
  return [{ check: "clock", level: "wrong", text }];
}

async function fileFindings(archive: Archive): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { path, problem, note } of archive.files()) {
    if (problem !== undefined)
      findings.push({
        check: "files",
        level: "wrong",
        text: problem.includes(path) ? problem : `${path}: ${problem}`,
      });
    if (note !== undefined) findings.push({ check: "files", level: "note", text: `${path}: ${note}` });
  }
  return findings;
}

async function invariantFindings({ archive, dayOf }: DoctorParts) {
  const findings: Finding[] = [];
  const uses: CampaignUse[] = [];
  let lastAt = 0;
  for await (const examined of archive.campaigns()) {
    const audit = new JournalAudit(examined.size, dayOf);
    const problems = await audited(examined, audit);
    for (const text of problems)
      findings.push({ check: "invariants", level: "wrong", text: `${examined.campaign.id}: ${text}` });
    lastAt = Math.max(lastAt, audit.lastAt);
    const { id, channel, accounts } = examined.campaign;
    uses.push({ id, channel, accounts, uses: audit.uses });
  }
  for (const { account, day, messages, cap, campaigns } of overdrafts(uses)) {
    const text =
      `${account} sent ${messages} messages in the day from ${new Date(day).toISOString()} ` +
      `although its limit is ${cap} (${campaigns.join(", ")}). Was the limit lowered since?`;
    findings.push({ check: "invariants", level: "wrong", text });
  }
  return { lastAt, findings };
}

/** Reads a campaign's journal twice over, once as the engine does and once as the audit does. */
async function audited(examined: ExaminedCampaign, audit: JournalAudit): Promise<string[]> {
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
        contradiction = `the journal contradicts itself: ${textOf(error)}`;
      }
    })
    .catch((error: unknown) => problems.push(textOf(error)));
  if (contradiction !== undefined) problems.push(contradiction);
  const total = importedTotal(fold.counts());
  if (total !== examined.size) problems.push(`the states add up to ${total}, not to ${examined.size}`);
  if (audit.strangers.length > 0)
    problems.push(`the journal speaks of ${audit.strangers.length} recipients that no list holds`);
  if (audit.sentUnmarked.length > 0)
    problems.push(`${audit.sentUnmarked.length} were sent without a mark that their call left`);
  problems.push(...(await doubledNames(examined, audit)));
  return problems;
}

async function doubledNames(examined: ExaminedCampaign, audit: JournalAudit): Promise<string[]> {
  const seen = new Set<string>();
  const doubled = new Set<string>();
  for (const ordinal of audit.sent) {
    if (ordinal < 0 || ordinal >= examined.size) continue;
    const username = await examined.usernameOf(ordinal);
    if (seen.has(username)) doubled.add(username);
    seen.add(username);
  }
  for (const ordinal of audit.sentTwice)
    if (ordinal < examined.size) doubled.add(await examined.usernameOf(ordinal));
  return [...doubled].map((username) => `${username} has two sent records`);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
