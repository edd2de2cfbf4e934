/** Whether each campaign keeps what Peyk promises: the states add up, no name has two sent records, no account sent more than it may. */
import type { DayOf } from "../../domain/accounts/calendar-day.ts";
import type { CampaignUse } from "../../domain/invariants.ts";
import { JournalAudit, overdrafts } from "../../domain/invariants.ts";
import { JournalFold } from "../../domain/journal-fold.ts";
import type { Counts, Ordinal } from "../../domain/recipient.ts";
import { importedTotal, recipientStates } from "../../domain/recipient.ts";
import type { Archive, ArchivedCampaign } from "../../storage/ports/archive.ts";
import type { DoctorWords, Finding } from "./finding.ts";

interface Examining {
  readonly archive: Pick<Archive, "campaigns">;
  readonly dayOf: DayOf;
  readonly words: DoctorWords;
}

/** @returns What is wrong, and when the last entry of all was written, ms since the epoch */
export async function campaignFindings({
  archive,
  dayOf,
  words,
}: Examining): Promise<{ readonly lastAt: number; readonly findings: readonly Finding[] }> {
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
  examined: ArchivedCampaign,
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
  examined: ArchivedCampaign,
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
  examined: ArchivedCampaign,
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
