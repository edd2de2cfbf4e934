import { setImmediate as nextTurn } from "node:timers/promises";
import { parseRecipientName } from "../domain/recipient-name.ts";
import { IdNumbers } from "../lib/id-numbers.ts";
import type { OpenedList, OpeningProblem } from "../lists/open-list.ts";
import { openList } from "../lists/open-list.ts";
import type { ListAsked } from "../lists/reading.ts";
import type { Row } from "../lists/row.ts";
import { BrokenList } from "../lists/row.ts";
import type { Clock } from "../lib/clock.ts";
import type { LeadStore } from "../storage/lead-stores.ts";
import type {
  CampaignStore,
  ContactHistory,
  LedgerStore,
  ListStore,
  ListWriter,
  SubscriberStore,
  SuppressionStore,
} from "../storage/stores.ts";
import type { App } from "./app.ts";
import type { ImportRequest, InvalidRow, ListProblem, ListReport } from "./list-report.ts";
import type { InvalidReason, ParsedUsername } from "../domain/username.ts";
import { leadsAsList } from "./leads/leads-as-list.ts";
import type { Obstacle } from "./obstacles.ts";
import { obstaclesNow } from "./obstacles.ts";
import { subscriberList } from "./subscribers.ts";

interface Needs {
  readonly lists: Pick<ListStore, "create">;
  readonly ledgers: Pick<LedgerStore, "sentNames">;
  readonly suppression: Pick<SuppressionStore, "reasonFor">;
  readonly subscribers: Pick<SubscriberStore, "all">;
  readonly leadStore: Pick<LeadStore, "find">;
  readonly contacts: ContactHistory;
  readonly campaigns: Pick<CampaignStore, "get">;
  readonly clock: Pick<Clock, "now">;
}

const FIRST_INVALID = 10;
const SHOWN_LENGTH = 64;
/** Enough of a rejected cell to mend it; a file of one endless line is not written out again. */
const KEPT_LENGTH = 1024;

/**
 * Makes the use case that turns a list as people have it into clean recipients: every name once, in the order given, the
 * first row of a name winning. Nothing is left behind when it ends in a problem, and other work goes on while it runs.
 */
export function createImportList(needs: Needs): App["importList"] {
  return async (request) => {
    try {
      const opened = await openSource(needs, request);
      if ("question" in opened) return { kind: "problem", problem: "question", ...opened };
      if ("problem" in opened) return { kind: "problem", ...opened };
      return await clean(opened, request, needs.lists, await skipsFor(needs, request));
    } catch (error) {
      if (!(error instanceof BrokenList)) throw error;
      const { format, line } = error;
      return { kind: "problem", problem: "broken", format, ...(line === undefined ? {} : { line }) };
    }
  };
}

async function openSource(
  { subscribers, leadStore }: Needs,
  { source, choices }: ImportRequest,
): Promise<OpenedList | OpeningProblem | ListAsked> {
  switch (source.kind) {
    case "subscribers":
      return subscriberList(subscribers, source.source);
    case "leads":
      return (await leadsAsList(leadStore, source.list)) ?? { problem: "empty" };
    case "file":
    case "text":
      return openList(source, choices);
  }
}

/** Whom the campaign would skip, and why. */
interface Skips {
  readonly sent: ReadonlySet<string>;
  readonly obstacle: (username: string) => Obstacle | undefined;
  readonly hasRule: boolean;
}

async function skipsFor(needs: Needs, request: ImportRequest): Promise<Skips> {
  const { campaignId } = request;
  const rule = request.rule ?? needs.campaigns.get(campaignId);
  return {
    sent: await needs.ledgers.sentNames(campaignId),
    obstacle: await obstaclesNow(needs, campaignId, { rule, now: needs.clock.now() }),
    hasRule: rule?.notWithinDays !== undefined,
  };
}

async function clean(
  opened: OpenedList,
  { source }: ImportRequest,
  lists: Needs["lists"],
  skips: Skips,
): Promise<ListReport | ListProblem> {
  const { columns } = opened;
  await using writer = await lists.create(columns);
  const cleaning = new Cleaning(opened, writer, skips);
  for await (const batch of opened.rows) {
    await cleaning.take(batch);
    await nextTurn();
  }
  const { counts: all, firstInvalid } = cleaning;
  const { contactedLately, ...counts } = all;
  const read = counts.valid + counts.duplicates + counts.invalid;
  if (read === 0) return { kind: "problem", problem: "empty" };
  if (counts.valid === 0) return { kind: "problem", problem: "noUsableName", read, firstInvalid };
  const { listId, rejectedFile } = await writer.finish();
  const origin = originOf(source);
  return {
    kind: "report",
    listId,
    origin,
    read,
    ...counts,
    ...(skips.hasRule ? { contactedLately } : {}),
    columns,
    firstInvalid,
    ...(rejectedFile === undefined ? {} : { rejectedFile }),
  };
}

function originOf(source: ImportRequest["source"]): string {
  switch (source.kind) {
    case "file":
      return source.name;
    case "text":
      return "pasted";
    case "leads":
      return `leads:${source.list}`;
    case "subscribers":
      return source.source === undefined ? "subscribers" : `subscribers:${source.source}`;
  }
}

function whoIsMeant(row: Row, list: OpenedList): ParsedUsername {
  return row.fault === undefined ? parseRecipientName(list.nameOf(row)) : { ok: false, reason: row.fault };
}

/** Sorts rows into new names, repeated ones and those that are none, counting as it goes. */
class Cleaning {
  readonly counts = {
    valid: 0,
    duplicates: 0,
    invalid: 0,
    alreadySent: 0,
    suppressed: 0,
    contactedLately: 0,
  };
  readonly firstInvalid: InvalidRow[] = [];
  /** The valid names, numbered from 0 in their order. */
  readonly #seen = new IdNumbers();
  readonly #list: OpenedList;
  readonly #writer: ListWriter;
  readonly #skips: Skips;

  constructor(list: OpenedList, writer: ListWriter, skips: Skips) {
    this.#list = list;
    this.#writer = writer;
    this.#skips = skips;
  }

  async take(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      const parsed = whoIsMeant(row, this.#list);
      const slowDown = parsed.ok ? this.#accept(parsed.username, row) : this.#reject(row, parsed.reason);
      if (slowDown) await slowDown;
    }
  }

  #accept(username: string, row: Row): Promise<void> | undefined {
    if (this.#seen.add(username) < this.counts.valid) {
      this.counts.duplicates++;
      return undefined;
    }
    this.counts.valid++;
    this.#countSkip(username);
    return this.#writer.add(username, this.#list.valuesOf(row));
  }

  #countSkip(username: string): void {
    const { sent, obstacle } = this.#skips;
    if (sent.size > 0 && sent.has(username)) {
      this.counts.alreadySent++;
      return;
    }
    const reason = obstacle(username);
    if (reason !== undefined) this.counts[reason]++;
  }

  #reject(row: Row, reason: InvalidReason): Promise<void> | undefined {
    const { line } = row;
    const text = this.#list.nameOf(row);
    this.counts.invalid++;
    if (this.firstInvalid.length < FIRST_INVALID)
      this.firstInvalid.push({ line, text: text.slice(0, SHOWN_LENGTH), reason });
    return this.#writer.reject(line, text.slice(0, KEPT_LENGTH), reason);
  }
}
