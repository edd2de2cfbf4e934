/** From lines of a log to what they change: several lines about one person become one change. */
import type { CampaignId } from "../domain/campaign.ts";
import type { Entry } from "../domain/journal.ts";
import type { Ordinal, RecipientState } from "../domain/recipient.ts";
import type { Suppression, SuppressionChange } from "../domain/people/suppression.ts";
import { isLate, transitionOf } from "../domain/transitions.ts";
import { textOfReason } from "../domain/reasons/stored-reason.ts";
import type { Feed, FeedLines, FeedPosition, Outcome, Step } from "../storage/ports/sync.ts";

/** @param from Where the lines begin: lines are numbered and recipients are placed by it */
export function stepsOf(feed: Feed, read: FeedLines, from: FeedPosition): readonly Step[] {
  if (feed.kind === "recipients" && read.kind === "recipients") {
    const { campaignId, firstOrdinal } = feed;
    const { usernames } = read;
    return [{ kind: "recipients", campaignId, firstOrdinal: firstOrdinal + from.lines, usernames }];
  }
  if (feed.kind === "journal" && read.kind === "journal")
    return journalSteps(feed.campaignId, read.entries, from.lines);
  if (feed.kind === "suppressions" && read.kind === "suppressions") return [suppressionStep(read.changes)];
  if (feed.kind === "leads" && read.kind === "leads") return leadSteps(feed.list, read);
  throw new TypeError(`${feed.key} was read as ${read.kind}`);
}

/** Who is delivered is in the copy by then: they came with these lines or with earlier ones. */
function leadSteps(list: string, { leads, delivered }: Extract<FeedLines, { kind: "leads" }>): Step[] {
  const steps: Step[] = [];
  if (leads.length > 0) steps.push({ kind: "leads", list, leads });
  if (delivered.length > 0) steps.push({ kind: "deliveries", list, delivered });
  return steps;
}

/** What is said of everybody parts what is said of single ones before and after it. */
function journalSteps(campaignId: CampaignId, entries: readonly Entry[], linesBefore: number): Step[] {
  const steps: Step[] = [];
  let outcomes = new Map<Ordinal, Outcome>();
  const cut = (): void => {
    if (outcomes.size > 0) steps.push({ kind: "outcomes", campaignId, outcomes: [...outcomes.values()] });
    outcomes = new Map();
  };
  for (const [index, entry] of entries.entries()) {
    if (entry.t === "leaves" || entry.t === "checkpoint") continue; // changes nobody's state
    if ("r" in entry) {
      const before = outcomes.get(entry.r);
      if (before && isLate(entry, before.state, before.skipReason === "leftInDoubt")) continue;
      outcomes.set(entry.r, outcomeAfter(before, entry, linesBefore + index + 1));
    } else {
      cut();
      const { from, to } = transitionOf(entry);
      steps.push({ kind: entry.t, campaignId, from, to });
    }
  }
  cut();
  return steps;
}

type PersonalEntry = Exclude<Extract<Entry, { readonly r: Ordinal }>, { readonly t: "leaves" }>;

function outcomeAfter(before: Outcome | undefined, entry: PersonalEntry, line: number): Outcome {
  const account = entry.t === "claim" ? entry.a : before?.account;
  const ends = before ? before.ends : endsIn(entry);
  return {
    ordinal: entry.r,
    state: transitionOf(entry).to,
    ...(account === undefined ? {} : { account }),
    claims: (before?.claims ?? 0) + (entry.t === "claim" ? 1 : 0),
    at: entry.at,
    ...(entry.t === "sent" && entry.id !== "" ? { messageId: entry.id } : {}),
    ...("why" in entry ? { why: textOfReason(entry.why) } : {}),
    ...(entry.t === "skipped" ? { skipReason: entry.reason } : {}),
    ...(ends === undefined ? {} : { ends }),
    line,
  };
}

function endsIn(entry: PersonalEntry): readonly RecipientState[] | undefined {
  return entry.t === "claim" ? undefined : transitionOf(entry).from;
}

/** The last change about a name is the one that holds. */
function suppressionStep(changes: readonly SuppressionChange[]): Step {
  const last = new Map(changes.map((change) => [change.username, change]));
  const added: Suppression[] = [];
  const removed: string[] = [];
  for (const change of last.values()) {
    const { t, ...suppression } = change;
    if (t === "remove") removed.push(change.username);
    else if ("reason" in suppression) added.push(suppression);
  }
  return { kind: "suppressions", added, removed };
}
