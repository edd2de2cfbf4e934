/**
 * A small client of X's API. Owns the signature, the time a call may take and the size an answer may have, and the
 * promise that everything that can happen to a call is a value: an answer, or a failure that says whether the request
 * can have left. Repeats nothing by itself. No key, no address and no text that was sent shows in what it says.
 */
import { jsonOf } from "../http/answer-json.ts";
import type { Clock } from "../clock.ts";
import { surelyNotLeft } from "./network-failure.ts";
import type { OAuth1Keys } from "./oauth1.ts";
import { authorizationOf, percent } from "./oauth1.ts";
import type { XLimits } from "./rate-limits.ts";
import { limitsIn, skewOf } from "./rate-limits.ts";

export interface XRequest {
  readonly method: "GET" | "POST";
  /** From `/2/` on. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export type XAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** What the JSON said; undefined when it was none. */
      readonly body: unknown;
      readonly limits: XLimits;
      /** How far our clock is ahead of X's, in ms; absent where the answer doesn't tell. */
      readonly aheadMs?: number;
    }
  /** No whole answer came. */
  | { readonly kind: "failure"; readonly mayHaveLeft: boolean; readonly why: NoXAnswer };

export type NoXAnswer =
  "stoppedBeforeCall" | "stoppedBeforeAnswer" | "noAnswerInTime" | "connectionBroke" | "xUnreachable";

export interface XClient {
  /** Asks once; the signal ends the wait for the answer, not the request that has left. Never throws. */
  ask(keys: OAuth1Keys, request: XRequest, signal: AbortSignal): Promise<XAnswer>;
}

export interface XClientOptions {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Makes a text that no other request has had. */
  readonly nonce: () => string;
  /** How long one call may take, in ms; by default half a minute. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** A full page of a thousand followers is about half of this. */
const LARGEST_ANSWER_BYTES = 2_000_000;

/** Creates a client; it holds nothing that must be closed. */
export function createXClient(options: XClientOptions): XClient {
  return { ask: (keys, request, signal) => ask(options, keys, request, signal) };
}

async function ask(
  options: XClientOptions,
  keys: OAuth1Keys,
  request: XRequest,
  signal: AbortSignal,
): Promise<XAnswer> {
  if (signal.aborted) return { kind: "failure", mayHaveLeft: false, why: "stoppedBeforeCall" };
  const { clock, timeoutMs = 30_000 } = options;
  const over = new AbortController();
  void clock.sleep(timeoutMs, over.signal).then(
    () => over.abort("late"),
    () => undefined,
  );
  try {
    // Joined, and not listened to: the signal given may be shared by many calls, and Node warns of many listeners.
    return await exchange(options, keys, request, AbortSignal.any([signal, over.signal]));
  } catch (error) {
    if (over.signal.aborted) return { kind: "failure", mayHaveLeft: true, why: "noAnswerInTime" };
    if (signal.aborted) return { kind: "failure", mayHaveLeft: true, why: "stoppedBeforeAnswer" };
    if (surelyNotLeft(error)) return { kind: "failure", mayHaveLeft: false, why: "xUnreachable" };
    return { kind: "failure", mayHaveLeft: true, why: "connectionBroke" };
  } finally {
    over.abort("answered");
  }
}

async function exchange(
  { baseUrl, clock, nonce, fetch: send = fetch }: XClientOptions,
  keys: OAuth1Keys,
  { method, path, query = {}, body }: XRequest,
  signal: AbortSignal,
): Promise<XAnswer> {
  const url = `${baseUrl}${path}`;
  const pairs = Object.entries(query).map((pair) => pair.map(percent).join("="));
  const authorization = authorizationOf({
    method,
    url,
    parameters: query,
    keys,
    at: clock.now(),
    nonce: nonce(),
  });
  const response = await send(pairs.length === 0 ? url : `${url}?${pairs.join("&")}`, {
    method,
    headers: {
      authorization,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // Following one would send the request a second time, to an address that nobody chose.
    redirect: "manual",
    signal,
  });
  const limits = limitsIn(response.headers, clock.now());
  const aheadMs = skewOf(response.headers, clock.now());
  return {
    kind: "answer",
    status: response.status,
    body: await jsonOf(response, LARGEST_ANSWER_BYTES),
    limits,
    ...(aheadMs !== 0 && { aheadMs }),
  };
}
