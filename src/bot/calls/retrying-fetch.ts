/**
 * The fetch under grammY. Retries live here, below the conversations' log, because transformers don't run inside a
 * conversation and an answer recorded there is replayed with its wait.
 */
import { z } from "zod";
import type { Clock } from "../../lib/clock.ts";
import { linkSignals } from "../../lib/linked-signal.ts";

interface FetchAnswer {
  readonly status: number;
  json(): Promise<unknown>;
}

export type BotFetch = (url: unknown, init?: FetchOptions) => Promise<FetchAnswer>;

/** What grammY passes on. Its signal is a polyfill that newer Nodes' fetch does not take for one. */
export interface FetchOptions extends Omit<RequestInit, "signal" | "body"> {
  readonly signal?: AbortSignal | null;
  readonly body?: unknown;
  readonly agent?: unknown;
  readonly compress?: unknown;
}

/** Passes a call of grammY's to Node's own fetch, its abort signal translated. */
export const plainFetch: BotFetch = async (url, init = {}) => {
  const { agent: _agent, compress: _compress, signal, ...rest } = init;
  // Node wants `duplex` wherever the body is a stream, and its types don't know all bodies that grammY has.
  // A redirection would take the token, which stands in the address, and what is said to wherever it points.
  const options: object = { ...rest, signal: nativeSignal(signal), duplex: "half", redirect: "manual" };
  return fetch(String(url), options);
};

/** A signal of Node's own that fires with grammY's; one of Node's own is handed on as it is. */
export function nativeSignal(signal: AbortSignal | null | undefined): AbortSignal {
  const given: object | null | undefined = signal;
  if (given instanceof AbortSignal) return given;
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  if (signal?.aborted) stop();
  else signal?.addEventListener("abort", stop);
  return abort.signal;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A 429 is asked about again after this long even when it names a longer time, in seconds. */
const LONGEST_BAN_S = 3600;

export interface RetryOptions {
  readonly clock: Clock;
  readonly base: BotFetch;
  /** Ends every wait and every call, when Peyk stops. */
  readonly signal?: AbortSignal;
}

/**
 * Wraps a fetch so that a 429 is waited for however long it takes, and a network failure or 5xx is tried again after 1, 2,
 * 4, … and then every 30 seconds, until Telegram answers or the call's signal fires: nobody's dialogue ends because
 * Telegram is away.
 *
 * Only for what may be said twice: a question asked again does no harm, a lost one ends a dialogue. Uploads are streams
 * and pass through untried; polls have their own waits; an answer to a press and a sign of typing are worthless a
 * moment later.
 */
export function createRetryingFetch({ clock, base, signal }: RetryOptions): BotFetch {
  return async (url, init = {}) => {
    const link = linkSignals(nativeSignal(init.signal), signal);
    try {
      const call = { ...init, signal: link.signal };
      const isOnce = !isRepeatable(String(url), init);
      const answer = await (isOnce ? base(url, call) : untilAnswered({ clock, base }, url, call));
      return { status: answer.status, json: () => answer.json().finally(() => link[Symbol.dispose]()) };
    } catch (error) {
      link[Symbol.dispose]();
      throw error;
    }
  };
}

type Call = FetchOptions & { readonly signal: AbortSignal };

async function untilAnswered(
  { clock, base }: Pick<RetryOptions, "clock" | "base">,
  url: unknown,
  call: Call,
): Promise<FetchAnswer> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt(base, url, call);
    const waitMs = waitAfter(outcome, tries);
    if (waitMs === undefined && outcome.kind === "answer") return outcome.answer;
    if (call.signal.aborted && outcome.kind === "thrown") throw outcome.error;
    await clock.sleep(waitMs ?? 0, call.signal);
  }
}

function isRepeatable(url: string, init: FetchOptions): boolean {
  return (
    typeof init.body === "string" && !/\/(getMe|getUpdates|answerCallbackQuery|sendChatAction)$/.test(url)
  );
}

type Outcome =
  | { readonly kind: "answer"; readonly answer: FetchAnswer; readonly retryAfter?: number | undefined }
  | { readonly kind: "thrown"; readonly error: unknown };

/** A 429 with the seconds it asks for. */
export const tooManyRequests = z.object({ parameters: z.object({ retry_after: z.number() }) });

async function attempt(base: BotFetch, url: unknown, init: FetchOptions | undefined): Promise<Outcome> {
  try {
    const answer = await base(url, init);
    if (answer.status !== 429) return { kind: "answer", answer };
    const body = await answer.json();
    const retryAfter = tooManyRequests.safeParse(body).data?.parameters.retry_after;
    return { kind: "answer", answer: { status: 429, json: async () => body }, retryAfter };
  } catch (error) {
    return { kind: "thrown", error };
  }
}

function waitAfter(outcome: Outcome, tries: number): number | undefined {
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
  if (outcome.kind === "thrown") return backoff;
  if (outcome.answer.status >= 500) return backoff;
  if (outcome.answer.status !== 429) return undefined;
  const { retryAfter } = outcome;
  return retryAfter === undefined ? backoff : Math.min(retryAfter, LONGEST_BAN_S) * 1000;
}
