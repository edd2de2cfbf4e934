import type {
  CollectionEvent,
  CollectRefusal,
  CollectRequest,
  CollectResult,
  LeadListView,
  Leads,
} from "../../app/leads/leads.ts";
import { SaidError } from "../../words/said-error.ts";
import { collectionProgress } from "../../domain/collecting/collection-figures.ts";
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
import type { CollectCommand } from "./collect-request.ts";
import { requestsOf } from "./collect-request.ts";
import type { Ending } from "../command.ts";
import { withLook, withPeyk } from "../command.ts";
import type { Output } from "../output.ts";
import type { OpenPeyk, ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

interface Collecting {
  readonly peyk: OpenPeyk;
  readonly output: Output;
  readonly parts: ProgramParts;
}

/** The windows of platforms pass within this; what takes longer is said, and left for the next run. */
const LONGEST_WAIT_MS = 16 * 60_000;
const MINUTE_MS = 60_000;

/** `peyk collect`: begins a request or goes on with it, and follows it until it is over; `--dry-run` only reckons. */
export async function collectLeads(
  command: CollectCommand,
  output: Output,
  parts: ProgramParts,
): Promise<Ending> {
  if (command.options.dryRun)
    return withLook(parts, async ({ app: { leads }, words }) => {
      const told = { leads, output, words };
      return oneAfterAnother(requestsOf(command, leads, words), told, (request) => estimated(told, request));
    });
  return withPeyk(parts, { purpose: "collect" }, async (peyk) => {
    const { app, words } = peyk;
    const requests = requestsOf(command, app.leads, words);
    return oneAfterAnother(requests, { output, words }, (request) =>
      collectOnce({ peyk, output, parts }, request),
    );
  });
}

/** One after another, until one is not done. */
async function oneAfterAnother(
  requests: readonly CollectRequest[],
  told: Parameters<typeof suiteEnding>[2],
  work: (request: CollectRequest) => Promise<Ending>,
): Promise<Ending> {
  const endings: Ending[] = [];
  for (const request of requests) {
    const ending = await work(request);
    endings.push(ending);
    if (ending.exitCode !== DONE) break;
  }
  const [only] = endings;
  return only && requests.length === 1 ? only : suiteEnding(endings, requests.length, told);
}

type Reckoning = Pick<Leads, "estimate" | "sources">;

/** What a request would take, without beginning it. */
async function estimated(
  { leads, output, words }: { leads: Reckoning; output: Output; words: Words },
  request: CollectRequest,
): Promise<Ending> {
  const estimate = await leads.estimate(request);
  if ("ok" in estimate) throw refused(leads, estimate, words);
  output.say(estimateText(estimate, words));
  return { exitCode: DONE, summary: estimate };
}

function refused(leads: Reckoning, refusal: CollectRefusal, words: Words): SaidError {
  const sources = leads.sources().map(({ name }) => name);
  return new SaidError(refusalText(refusal, sources, words));
}

async function collectOnce(collecting: Collecting, request: CollectRequest): Promise<Ending> {
  const { peyk, output, parts } = collecting;
  const { leads } = peyk.app;
  const feed = listen(collecting);
  try {
    const estimate = await leads.estimate(request);
    if ("ok" in estimate) throw refused(leads, estimate, peyk.words);
    const result = await leads.collect(request);
    if (!result.ok) throw refused(leads, result, peyk.words);
    const { list, begun } = result;
    output.say(beginning(result, await leads.view(list, result.request), peyk.words));
    if (begun === "new" && estimate.leastCost !== undefined) output.say(estimateText(estimate, peyk.words));
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
