import { AUDIENCE, CAMPAIGN, LEADS, MEETING, SUBSCRIBERS } from "../../domain/list-origin.ts";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { CleanName, ListReader, OpenReading } from "../../lists/list-reader.ts";
import { readingOf } from "../../lists/reader/in-process-reader.ts";
import type { OpenedList, OpeningProblem } from "../../lists/open-list.ts";
import type { ListAsked } from "../../lists/reading.ts";
import type { Clock } from "../../lib/clock.ts";
import type { CampaignReads, LeadReads } from "../../storage/ports/reads.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { LedgerStore } from "../../storage/ports/ledger.ts";
import type { ListStore, ListWriter } from "../../storage/ports/lists.ts";
import type { ContactHistory, SubscriberStore, SuppressionStore } from "../../storage/ports/people.ts";
import type { App } from "../app.ts";
import { formerRecipients } from "../campaigns/former-recipients.ts";
import { leadsAsList } from "../leads/leads-as-list.ts";
import type { ImportRequest, ListProblem, ListReport } from "./list-report.ts";
import { ListTally } from "./list-tally.ts";
import type { Obstacle } from "../drafts/obstacles.ts";
import { obstaclesNow } from "../drafts/obstacles.ts";
import { openingProblem, readingProblem } from "./reading-problem.ts";
import { subscriberList } from "../people/subscribers.ts";

interface Parts {
  readonly reader: Pick<ListReader, "read">;
  readonly lists: Pick<ListStore, "create">;
  readonly ledgers: Pick<LedgerStore, "sentNames">;
  readonly suppression: Pick<SuppressionStore, "questions">;
  readonly subscribers: Pick<SubscriberStore, "all" | "find">;
  readonly leadStore: Pick<LeadReads, "find">;
  readonly contacts: ContactHistory;
  readonly campaigns: Pick<CampaignStore, "get">;
  /** Absent: nobody takes over the people of a campaign. */
  readonly reads?: Pick<CampaignReads, "results">;
  /** The people of an audience as a list; absent: there are no audiences. */
  readonly audienceList?: (name: string) => Promise<OpenedList | undefined>;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Makes the use case that turns a list as people have it into clean recipients: every name once, in the order given, the
 * first row of a name winning. Nothing is left behind when it ends in a problem, and other work goes on while it runs.
 */
export function createImportList(parts: Parts): App["importList"] {
  return async (request, signal) => {
    try {
      const opened = await openSource(parts, request, signal);
      if (!("batches" in opened)) return openingProblem(opened);
      await using reading = opened;
      return await store(reading, request, parts.lists, await skipsFor(parts, request));
    } catch (error) {
      return readingProblem(error);
    }
  };
}

async function openSource(
  { reader, subscribers, leadStore, campaigns, reads, audienceList }: Parts,
  { source, choices = {}, channel, campaignId }: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<OpenReading | OpeningProblem | ListAsked | { readonly problem: "gone" }> {
  const until = signal ? { signal } : {};
  const hasShortNames = (channel ?? (await campaigns.get(campaignId))?.channel) === "x";
  switch (source.kind) {
    case "subscribers":
      return readingOf(await subscriberList(subscribers, source.source), { ...until, hasShortNames: true });
    case "leads": {
      const leads = await leadsAsList(leadStore, source.list);
      return leads ? readingOf(leads, { ...until, hasShortNames: true }) : { problem: "gone" };
    }
    case "campaign": {
      const groups = [source.group, ...(source.also ?? [])];
      const former = reads && (await formerRecipients({ campaigns, reads }, source.id, groups));
      return former ? readingOf(former, { ...until, hasShortNames: true }) : { problem: "gone" };
    }
    case "audience": {
      const people = await audienceList?.(source.name);
      return people ? readingOf(people, { ...until, hasShortNames: true }) : { problem: "gone" };
    }
    case "file":
      return reader.read(fileOf(source), { choices, hasShortNames, ...until });
    case "text":
      return reader.read(source, { choices, hasShortNames, ...until });
  }
}

function fileOf({ path, name }: Extract<ImportRequest["source"], { kind: "file" }>) {
  return { kind: "file", path, name } as const;
}

/** Whom the campaign would skip, and why. */
interface Skips {
  readonly reasonFor: (username: string) => Promise<Obstacle | "alreadySent" | undefined>;
  readonly hasRule: boolean;
}

async function skipsFor(parts: Parts, request: ImportRequest): Promise<Skips> {
  const { campaignId } = request;
  const rule = request.rule ?? (await parts.campaigns.get(campaignId));
  const sent = await parts.ledgers.sentNames(campaignId);
  const obstacle = await obstaclesNow(parts, campaignId, { rule, now: parts.clock.now() });
  return {
    reasonFor: async (username) => (sent.has(username) ? "alreadySent" : obstacle(username)),
    hasRule: rule?.notWithinDays !== undefined,
  };
}

async function store(
  reading: OpenReading,
  { source }: ImportRequest,
  lists: Parts["lists"],
  skips: Skips,
): Promise<ListReport | ListProblem> {
  const { columns } = reading;
  await using writer = await lists.create(columns);
  const tally = new ListTally();
  const skipped = { alreadySent: 0, suppressed: 0, contactedLately: 0, otherCampaign: 0 };
  for await (const batch of reading.batches) {
    await tally.take(batch, writer);
    await keep(batch.names, writer);
    // Asked for at the same moment: who they are is one question then.
    const reasons = await Promise.all(batch.names.map(({ username }) => skips.reasonFor(username)));
    for (const reason of reasons) if (reason !== undefined) skipped[reason]++;
    await nextTurn();
  }
  const problem = tally.problem();
  if (problem) return problem;
  const { listId } = await writer.finish();
  const { contactedLately, otherCampaign: _, ...others } = skipped;
  return {
    kind: "report",
    listId,
    origin: originOf(source),
    ...tally.counts(),
    ...others,
    ...(skips.hasRule ? { contactedLately } : {}),
    columns,
    ...tally.whatWasRead(reading),
  };
}

async function keep(names: readonly CleanName[], writer: ListWriter): Promise<void> {
  for (const { username, values } of names) {
    const slowDown = writer.add(username, values);
    if (slowDown) await slowDown;
  }
}

function originOf(source: ImportRequest["source"]): string {
  switch (source.kind) {
    case "file":
      return source.name;
    case "text":
      return "pasted";
    case "leads":
      return `${LEADS}${source.list}`;
    case "campaign":
      return `${CAMPAIGN}${source.id}`;
    case "audience":
      return `${source.isSubscribers ? MEETING : AUDIENCE}${source.name}`;
    case "subscribers":
      return source.source === undefined ? SUBSCRIBERS : `${SUBSCRIBERS}:${source.source}`;
  }
}
