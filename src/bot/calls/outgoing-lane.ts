/**
 * One lane a chat for what the bot says of its own accord: progress, log, summaries. Together they never come faster
 * than one call every few seconds, and a 429 stops the lane for as long as it says. A task asked for again while it
 * waits runs once, and says how things stand when it runs, so states in between are skipped.
 */
import { GrammyError, HttpError } from "grammy";
import { passingAtWork } from "../../app/away.ts";
import type { Clock } from "../../lib/clock.ts";
import { LONGEST_PAUSE_MS } from "../../lib/pace/priority-lane.ts";
import type { BotLog } from "../bot-log.ts";

/** Says something in the lane's chat; answers whether it made a call to Telegram. */
export type LaneTask = () => Promise<"called" | "silent">;

interface LaneParts {
  readonly clock: Clock;
  readonly log: BotLog;
  /** Pause after each call, ms. */
  readonly paceMs: number;
  readonly signal: AbortSignal;
}

/** How long the lane rests, and whether that is its own pace or was asked of it. */
interface Rest {
  readonly ms: number;
  readonly isPace: boolean;
}

const LONGEST_BACKOFF_MS = 60_000;

/** The lane of one chat. */
export class OutgoingLane {
  readonly #parts: LaneParts;
  /** Tasks that wait, by name, in the order they were first asked for. */
  readonly #waiting = new Map<string, LaneTask>();
  #running: Promise<void> | undefined;
  /** Cuts the pause after a call short; absent while there is none, or one that Telegram asked for. */
  #pacing: AbortController | undefined;
  /** The first task waits for no pace. */
  #isHurried = false;
  #failures = 0;
  #lastProblem: string | undefined;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** Asks for a task. One of the same name that still waits keeps its place and is replaced. */
  request(name: string, task: LaneTask): void {
    if (this.#parts.signal.aborted) return;
    this.#waiting.set(name, task);
    this.#running ??= this.#run();
  }

  /** Asks for a task that somebody waits for: it goes first, and no pace holds it up; what Telegram asks for does. */
  hurry(name: string, task: LaneTask): void {
    if (this.#parts.signal.aborted) return;
    this.#waiting.delete(name);
    this.#putFirst(name, task);
    this.#isHurried = true;
    this.#pacing?.abort();
    this.#running ??= this.#run();
  }

  /** Resolves when nothing runs any more; after the signal fired that is at once after the call under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Gives whoever asks for several things at once the time to do so.
    await Promise.resolve();
    while (this.#waiting.size > 0 && !this.#parts.signal.aborted) {
      await this.#rest(await this.#runFirst());
    }
    this.#running = undefined;
  }

  async #rest({ ms, isPace }: Rest): Promise<void> {
    if (ms <= 0 || (isPace && this.#isHurried)) return;
    const pacing = new AbortController();
    if (isPace) this.#pacing = pacing;
    const { clock, signal } = this.#parts;
    await clock.sleep(ms, AbortSignal.any([signal, pacing.signal])).catch(() => undefined);
    this.#pacing = undefined;
  }

  async #runFirst(): Promise<Rest> {
    const [first] = this.#waiting;
    this.#isHurried = false;
    if (!first) return { ms: 0, isPace: true };
    const [name, task] = first;
    this.#waiting.delete(name);
    try {
      const outcome = await task();
      this.#failures = 0;
      this.#lastProblem = undefined;
      return { ms: outcome === "called" ? this.#parts.paceMs : 0, isPace: true };
    } catch (error) {
      return { ms: this.#afterFailure(name, task, error), isPace: false };
    }
  }

  /** Puts a task back that may succeed later, unless a newer one of its name waits already. */
  #afterFailure(name: string, task: LaneTask, error: unknown): number {
    const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined;
    if (retryAfter === undefined && !isPassing(error)) {
      this.#tell(name, problemOf(error));
      return this.#parts.paceMs;
    }
    if (!this.#waiting.has(name)) this.#putFirst(name, task);
    if (retryAfter !== undefined) return Math.min((retryAfter + 1) * 1000, LONGEST_PAUSE_MS);
    this.#failures += 1;
    return Math.min(1000 * 2 ** this.#failures, LONGEST_BACKOFF_MS);
  }

  /** Once for each problem: a chat that blocked the bot refuses every edit alike. */
  #tell(name: string, problem: string): void {
    if (problem === this.#lastProblem) return;
    this.#lastProblem = problem;
    this.#parts.log.warn({ task: name.split(" ")[0], problem }, "chat message was refused");
  }

  #putFirst(name: string, task: LaneTask): void {
    const others = [...this.#waiting];
    this.#waiting.clear();
    this.#waiting.set(name, task);
    for (const [other, waiting] of others) this.#waiting.set(other, waiting);
  }
}

/** Telegram can't be reached or has trouble of its own, or what is to be said can't be read while the store is away. */
function isPassing(error: unknown): boolean {
  if (error instanceof GrammyError) return error.error_code >= 500;
  return error instanceof HttpError || passingAtWork(error) !== undefined;
}

/** Tells whether Telegram will refuse the same call again: neither a 429 nor trouble of its own. */
export function isRefused({ error_code: code, parameters }: GrammyError): boolean {
  return parameters.retry_after === undefined && code < 500;
}

/** Describes an error for the log: never a message's body, never an address with a token in it. */
export function problemOf(error: unknown): string {
  if (error instanceof GrammyError) return `${error.method}: ${error.error_code} ${error.description}`;
  if (error instanceof HttpError) return "network failure on the way to the Bot API";
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
