/** What `peyk collect` asks for: one request, or one after another for a suite. */
import type { CollectRequest, Cycle, Leads } from "../../app/leads/leads.ts";
import { isOfPosts } from "../../domain/collecting/lead.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Json } from "../command.ts";

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

/** Calls of a test. */
const TEST_CALLS = 5;
const MINUTE_MS = 60_000;

/** What the settings say where a command says nothing. */
type Usual = Pick<Leads, "defaultCycle" | "postsPerTarget">;

/**
 * The requests of a command, one after another.
 * @throws {SaidError} when it doesn't say one number of how many
 */
export function requestsOf(command: CollectCommand, leads: Usual, words: Words): readonly CollectRequest[] {
  const { suite, isEach } = numbersOf(command, leads, words);
  return suite.map((count, index) => ({
    ...requestOf(command, { count, isEach }, leads),
    time: timeIn(suite, index, command.options),
  }));
}

interface Numbers {
  readonly suite: readonly number[];
  /** Each is the number of every target, and not of all together. */
  readonly isEach: boolean;
}

/** How many are asked for; of posts so many a hashtag as the settings say, where nothing is said. */
function numbersOf({ source, options }: CollectCommand, leads: Usual, words: Words): Numbers {
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
  leads: Usual,
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
function cycleOf({ cycleMinutes, cycleLeads }: CollectOptions, leads: Usual): Cycle | undefined {
  if (cycleMinutes === undefined && cycleLeads === undefined) return undefined;
  const standard = leads.defaultCycle();
  return {
    everyMs: cycleMinutes === undefined ? standard.everyMs : cycleMinutes * MINUTE_MS,
    leads: cycleLeads ?? standard.leads,
  };
}
