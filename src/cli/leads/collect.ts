import type {
  CollectionEvent,
  CollectRequest,
  CollectResult,
  Cycle,
  LeadListView,
  Leads,
} from "../../app/leads/leads.ts";
import { SaidError } from "../../words/said-error.ts";
import { collectionProgress } from "../../domain/collecting/collection-figures.ts";
import { isOfPosts } from "../../domain/collecting/lead.ts";
import {
  collectionEventText,
  estimateText,
  figuresLine,
  itemsOf,
  refusalText,
  spareText,
} from "./collect-lines.ts";
import type { Words } from "../../words/words.ts";
import { endingOf, suiteEnding } from "./collect-ending.ts";
import type { Ending, Json } from "../command.ts";
import { withPeyk } from "../command.ts";
import type { Output } from "../output.ts";
import type { OpenPeyk, ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

export interface CollectOptions extends Json {
  readonly count?: number;
  /** So many from each target, in place of a number of all together. */
  readonly perTarget?: number;
  /** Says what it would take and cost, and asks nothing of anybody. */
  readonly dryRun?: boolean;
  readonly list?: string;
  readonly maxCalls?: number;
  /** Five calls at most. */
  readonly test?: boolean;
  /** Several counts, one after another. */
  readonly suite?: readonly number[];
  /** For which time the very same request is meant. */
  readonly again?: number;
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
  readonly parts: ProgramParts;
}

/** Calls of a test. */
const TEST_CALLS = 5;
/** The windows of platforms pass within this; what takes longer is said, and left for the next run. */
const LONGEST_WAIT_MS = 16 * 60_000;
const MINUTE_MS = 60_000;

/** `peyk collect`: begins a request or goes on with it, and follows it until it is over. */
export async function collectLeads(
  command: CollectCommand,
  output: Output,
  parts: ProgramParts,
): Promise<Ending> {
  return withPeyk(parts, { purpose: "decide" }, async (peyk) => {
    const { suite, isEach } = numbersOf(command, peyk);
    const collecting = { peyk, output, parts };
    const endings: Ending[] = [];
    for (const [index, each] of suite.entries()) {
      const request = requestOf(command, { count: each, isEach }, peyk.app.leads);
      if (command.options.dryRun) {
        endings.push(await estimated(collecting, request));
        continue;
      }
      const ending = await collectOnce(collecting, {
        ...request,
        time: timeIn(suite, index, command.options),
      });
      endings.push(ending);
      if (ending.exitCode !== DONE) break;
    }
    const [only] = endings;
    if (only && suite.length === 1) return only;
    return suiteEnding(endings, suite.length, { output, words: peyk.words });
  });
}

interface Numbers {
  readonly suite: readonly number[];
  /** Each is the number of every target, and not of all together. */
  readonly isEach: boolean;
}

/** How many are asked for; of posts so many a hashtag as the settings say, where nothing is said. */
function numbersOf({ source, options }: CollectCommand, { app: { leads }, words }: OpenPeyk): Numbers {
  const { count, suite, perTarget } = options;
  const given = [count, suite, perTarget].filter((one) => one !== undefined);
  if (given.length > 1) throw new SaidError(words.plain("cli-collect-one-number"));
  if (suite) return { suite, isEach: false };
  if (count !== undefined) return { suite: [count], isEach: false };
  const each = perTarget ?? (isOfPosts(source) ? leads.postsPerTarget() : undefined);
  if (each === undefined) throw new SaidError(words.plain("cli-collect-how-many"));
  return { suite: [each], isEach: true };
}

/** A suite may ask for the same count several times: each is a time of its own, so that a suite cut off goes on. */
function timeIn(suite: readonly number[], index: number, { again = 1 }: CollectOptions): number {
  const sameBefore = suite.slice(0, index).filter((count) => count === suite[index]).length;
  const sameInAll = suite.filter((count) => count === suite[index]).length;
  return (again - 1) * sameInAll + sameBefore + 1;
}

function requestOf(
  { source, targets, options }: CollectCommand,
  { count, isEach }: { readonly count: number; readonly isEach: boolean },
  leads: Leads,
): CollectRequest {
  const { list, test = false, maxCalls = test ? TEST_CALLS : undefined } = options;
  const cycle = cycleOf(options, leads);
  return {
    targets: targets.map((text) => ({ source, text })),
    count,
    ...(isEach ? { isEach } : {}),
    ...(list === undefined ? {} : { list }),
    ...(maxCalls === undefined ? {} : { maxCalls: test ? Math.min(maxCalls, TEST_CALLS) : maxCalls }),
    ...(cycle ? { cycle } : {}),
  };
}

/** In cycles only when one of its two numbers is given. */
function cycleOf({ cycleMinutes, cycleLeads }: CollectOptions, leads: Leads): Cycle | undefined {
  if (cycleMinutes === undefined && cycleLeads === undefined) return undefined;
  const standard = leads.defaultCycle();
  return {
    everyMs: cycleMinutes === undefined ? standard.everyMs : cycleMinutes * MINUTE_MS,
    leads: cycleLeads ?? standard.leads,
  };
}

/** What a request would take, without beginning it. */
async function estimated({ peyk, output }: Collecting, request: CollectRequest): Promise<Ending> {
  const { leads } = peyk.app;
  const estimate = await leads.estimate(request);
  if (!estimate) throw refused(peyk, await leads.collect(request));
  output.say(estimateText(estimate, peyk.words));
  return {
    exitCode: DONE,
    summary: { list: request.list ?? leads.listNameFor(request.targets), ...estimate },
  };
}

function refused({ app: { leads }, words }: OpenPeyk, result: CollectResult): Error {
  if (result.ok) return new Error("a request that can't be read was taken");
  const sources = leads.sources().map(({ name }) => name);
  return new SaidError(refusalText(result, sources, words));
}

async function collectOnce(collecting: Collecting, request: CollectRequest): Promise<Ending> {
  const { peyk, output, parts } = collecting;
  const { leads } = peyk.app;
  const feed = listen(collecting);
  try {
    const estimate = await leads.estimate(request);
    const result = await leads.collect(request);
    if (!result.ok) throw refused(peyk, result);
    const { list, begun } = result;
    output.say(beginning(result, await leads.view(list, result.request), peyk.words));
    if (begun === "new" && estimate?.leastCost !== undefined) output.say(estimateText(estimate, peyk.words));
    if (begun !== "toldAgain") {
      feed.tell(list);
      const longestWaitMs = Math.max(LONGEST_WAIT_MS, (request.cycle?.everyMs ?? 0) + MINUTE_MS);
      await leads.settled(list, { longestWaitMs, signal: parts.interrupted });
    }
    await feed.close();
    const view = await leads.view(list, result.request);
    if (!view) throw new SaidError(peyk.words.plain("cli-collect-list-gone", { list }));
    const ending = await endingOf(view, { leads, output, words: peyk.words, begun });
    await leads.told(list, result.request);
    return ending;
  } finally {
    await feed.close();
  }
}

/** Hears everything from now on and tells what is about a list once its name is known: a request may wait at once. */
function listen({ peyk, output }: Collecting): { tell(list: string): void; close(): Promise<void> } {
  const { leads } = peyk.app;
  let showing = Promise.resolve();
  const show = async (list: string): Promise<void> => {
    const view = await leads.view(list);
    if (!view?.figures) return;
    output.record({ kind: "progress", list, ...collectionProgress(view.figures) });
    output.progress(figuresLine(view, peyk.words));
  };
  const tell = (event: CollectionEvent): void => {
    output.record(event);
    const line = collectionEventText(event, peyk.words);
    if (line !== undefined) output.say(line);
    if (event.kind === "page") showing = showing.then(() => show(event.list));
  };
  const early: CollectionEvent[] = [];
  let told: string | undefined;
  const unwatch = leads.watch((event) => {
    if (told === undefined) early.push(event);
    else if (event.list === told) tell(event);
  });
  return {
    tell(list) {
      told = list;
      for (const event of early.splice(0)) if (event.list === list) tell(event);
    },
    async close() {
      await unwatch();
      await showing;
    },
  };
}

function beginning(
  { list, request, begun, fromBefore }: Extract<CollectResult, { ok: true }>,
  view: LeadListView | undefined,
  words: Words,
): string {
  if (begun === "goesOn") return words.plain("cli-begun-goesOn", { list });
  if (begun === "toldAgain") return words.plain("cli-begun-toldAgain", { number: request, list });
  const { count = 0, perTarget = count } = view?.request ?? {};
  const items = itemsOf(view ?? { targets: [] }, words);
  const told = { count, items, list, spare: spareText(fromBefore, words) };
  if (perTarget === count) return words.plain("cli-begun-new", told);
  return words.plain("cli-begun-each", { ...told, each: perTarget });
}
