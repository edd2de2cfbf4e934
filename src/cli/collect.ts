import type {
  CollectionEvent,
  CollectRequest,
  Cycle,
  LeadListView,
  LeadsDesk,
} from "../app/leads/leads-desk.ts";
import { ValidationError } from "../domain/errors.ts";
import { targetKey } from "../domain/collecting/lead.ts";
import {
  collectionEventText,
  endWords,
  figuresLine,
  gapOf,
  refusalText,
  targetLine,
  waitWords,
} from "./collect-lines.ts";
import type { Ending, Json } from "./command.ts";
import { withPeyk } from "./command.ts";
import type { Output } from "./output.ts";
import type { OpenPeyk, Surroundings } from "./surroundings.ts";
import { DONE, UNFINISHED } from "./surroundings.ts";

export interface CollectOptions extends Json {
  readonly count?: number;
  readonly list?: string;
  readonly maxCalls?: number;
  /** Five calls at most. */
  readonly test?: boolean;
  /** Several counts, one after another. */
  readonly suite?: readonly number[];
  readonly cycleMinutes?: number;
  readonly cycleLeads?: number;
}

export interface CollectCommand {
  readonly source: string;
  readonly targets: readonly string[];
  readonly options: CollectOptions;
}

interface Collecting {
  readonly peyk: OpenPeyk;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** Calls of a test. */
const TEST_CALLS = 5;
/** The windows of platforms pass within this; what takes longer is said, and left for the next run. */
const PATIENCE_MS = 16 * 60_000;
const MINUTE_MS = 60_000;

/** `peyk collect`: begins a request or goes on with it, and follows it until it is over. */
export async function collectLeads(
  command: CollectCommand,
  output: Output,
  surroundings: Surroundings,
): Promise<Ending> {
  const { count, suite = count === undefined ? [] : [count] } = command.options;
  if (suite.length === 0)
    throw new ValidationError("Say how many with --count N, or several with --suite 50,100.");
  return withPeyk(surroundings, { purpose: "look" }, async (peyk) => {
    const collecting = { peyk, output, surroundings };
    const endings: Ending[] = [];
    for (const each of suite) {
      const ending = await collectOnce(collecting, requestOf(command, each, peyk.app.leads));
      endings.push(ending);
      if (ending.exitCode !== DONE) break;
    }
    const [only] = endings;
    if (only && suite.length === 1) return only;
    return suiteEnding(endings, suite.length, output);
  });
}

function requestOf(
  { source, targets, options }: CollectCommand,
  count: number,
  leads: LeadsDesk,
): CollectRequest {
  const { list, test = false, maxCalls = test ? TEST_CALLS : undefined } = options;
  const cycle = cycleOf(options, leads);
  return {
    targets: targets.map((text) => ({ source, text })),
    count,
    ...(list === undefined ? {} : { list }),
    ...(maxCalls === undefined ? {} : { maxCalls: test ? Math.min(maxCalls, TEST_CALLS) : maxCalls }),
    ...(cycle ? { cycle } : {}),
  };
}

/** In cycles only when one of its two numbers is given. */
function cycleOf({ cycleMinutes, cycleLeads }: CollectOptions, leads: LeadsDesk): Cycle | undefined {
  if (cycleMinutes === undefined && cycleLeads === undefined) return undefined;
  const standard = leads.defaultCycle();
  return {
    everyMs: cycleMinutes === undefined ? standard.everyMs : cycleMinutes * MINUTE_MS,
    leads: cycleLeads ?? standard.leads,
  };
}

async function collectOnce(collecting: Collecting, request: CollectRequest): Promise<Ending> {
  const { peyk, output, surroundings } = collecting;
  const { leads } = peyk.app;
  const feed = listen(collecting);
  try {
    const result = await leads.collect(request);
    if (!result.ok)
      throw new ValidationError(
        refusalText(
          result,
          leads.sources().map(({ name }) => name),
        ),
      );
    const { list } = result;
    output.say(beginning(result, request.count));
    feed.tell(list);
    const patienceMs = Math.max(PATIENCE_MS, (request.cycle?.everyMs ?? 0) + MINUTE_MS);
    await leads.settled(list, { patienceMs, signal: surroundings.interrupted });
    feed.close();
    const view = await leads.view(list);
    if (!view) throw new ValidationError(`The list ${list} is gone.`);
    const ending = await endingOf(view, { leads, output });
    await leads.told(list);
    return ending;
  } finally {
    feed.close();
  }
}

/** Hears everything from now on and tells what is about a list once its name is known: a request may wait at once. */
function listen({ peyk, output }: Collecting): { tell(list: string): void; close(): void } {
  const { leads } = peyk.app;
  const tell = (event: CollectionEvent): void => {
    output.record(event);
    const line = collectionEventText(event, peyk.timeZone);
    if (line !== undefined) output.say(line);
    if (event.kind === "page")
      void leads.view(event.list).then((view) => view && output.progress(figuresLine(view)));
  };
  const early: CollectionEvent[] = [];
  let told: string | undefined;
  const close = leads.watch((event) => {
    if (told === undefined) early.push(event);
    else if (event.list === told) tell(event);
  });
  return {
    tell(list) {
      told = list;
      for (const event of early.splice(0)) if (event.list === list) tell(event);
    },
    close,
  };
}

function beginning(
  { list, begun, fromBefore }: { list: string; begun: string; fromBefore: number },
  count: number,
): string {
  if (begun === "goesOn")
    return `${list} goes on where it stopped. Ctrl+C stops it; the same command goes on.`;
  if (begun === "toldAgain") return `This request for ${list} had ended when the last run was cut off.`;
  const spare = fromBefore === 0 ? "" : ` ${fromBefore} are there from earlier pages.`;
  return `Collecting ${count} into ${list}.${spare} Ctrl+C stops it; the same command goes on.`;
}

async function endingOf(
  view: LeadListView,
  { leads, output }: { leads: LeadsDesk; output: Output },
): Promise<Ending> {
  const { list, request, figures } = view;
  output.end();
  if (!request || !figures) return { exitCode: UNFINISHED, summary: { list } };
  const { status, delivered, count } = request;
  const why = endingText(view);
  output.say(`${list}: ${delivered} different people of ${count}. ${why}`);
  for (const number of request.targets) {
    const target = view.targets[number];
    if (target) output.say(`  ${targetLine(target)}`);
  }
  output.say(`  ${figuresLine(view)}`);
  const isOver = status.kind === "ended" && status.end !== "cancelled";
  if (isOver && delivered > 0) output.say(`  peyk leads export ${list} --format csv writes them to a file.`);
  const summary = {
    list,
    count,
    delivered,
    end: status.kind === "ended" ? status.end : status.kind === "paused" ? status.pause.kind : "interrupted",
    why,
    ...figures,
    targets: targetRecords(view),
    exactCountTracking: await leads.metadata(list),
  };
  return { exitCode: isOver ? DONE : UNFINISHED, summary };
}

/** Why a request stands still, for people. */
export function endingText({ request, wait }: LeadListView): string {
  const status = request?.status;
  if (status?.kind === "ended") return endWords[status.end];
  if (status?.kind === "paused")
    return status.pause.kind === "operator"
      ? "It is paused. The same command goes on."
      : `It is paused: ${status.pause.why}. Once that is mended, the same command goes on.`;
  if (wait) {
    const why = wait.why === undefined ? "" : ` (${wait.why})`;
    return `${waitWords[wait.kind]}${why}. The same command goes on later.`;
  }
  return "It was interrupted. The same command goes on where it stopped.";
}

/** The targets as machines get them; the names are those of requirement E10. */
export function targetRecords({ targets }: LeadListView): object[] {
  return targets.map((state) => ({
    key: targetKey(state.target),
    type: state.target.source,
    collected: state.found,
    completed: state.end !== undefined,
    end: state.end,
    last_processed: state.lastPageAt === undefined ? null : new Date(state.lastPageAt).toISOString(),
    declaredTotal: state.declaredTotal,
    notShown: gapOf(state),
    cursor: state.cursor,
  }));
}

function suiteEnding(endings: readonly Ending[], wanted: number, output: Output): Ending {
  const runs = endings.map(({ summary }) => summary);
  const exact = runs.filter((run) => "end" in run && run.end === "targetReached").length;
  output.say(`${exact} of ${wanted} runs brought exactly their number.`);
  const exitCode = endings.at(-1)?.exitCode ?? DONE;
  return { exitCode, summary: { runs, exactRuns: exact, wantedRuns: wanted } };
}
