/**
 * Asks a web service for JSON. Owns how long a question may take and how large an answer may be, and the promise that
 * everything that can happen to a question is a value. Repeats nothing by itself; neither the address, which may hold
 * a key, nor a header shows in what it says.
 */
import { jsonOf } from "./answer-json.ts";
import type { Clock } from "../clock.ts";
import { withDeadline } from "../deadline.ts";

export type JsonAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      /** What the JSON said; undefined when it was none, or too large. */
      readonly body: unknown;
    }
  /** No whole answer came. */
  | { readonly kind: "failure"; readonly why: NoAnswer };

export type NoAnswer = "stoppedBeforeCall" | "stoppedBeforeAnswer" | "noAnswerInTime" | "serviceUnreachable";

export interface JsonQuestion {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** `GET` where it is absent. */
  readonly method?: "GET" | "POST";
  /** Goes along as JSON; absent: nothing does. */
  readonly body?: object | undefined;
}

/** Asks once. Never throws: a signal that fires ends the wait with a failure. */
export type AskJson = (question: JsonQuestion, signal: AbortSignal) => Promise<JsonAnswer>;

export interface AskJsonOptions {
  readonly clock: Clock;
  /** How long one question may take, answer and all, in ms; by default a minute. */
  readonly timeoutMs?: number;
  /** By default 50 MB. */
  readonly largestBytes?: number;
  readonly fetch?: typeof fetch;
}

/** Creates what asks; it holds nothing that must be closed. */
export function createAskJson(options: AskJsonOptions): AskJson {
  return (question, signal) => ask(options, question, signal);
}

async function ask(
  options: AskJsonOptions,
  question: JsonQuestion,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  if (signal.aborted) return { kind: "failure", why: "stoppedBeforeCall" };
  const { clock, timeoutMs = 60_000 } = options;
  return withDeadline({ clock, ms: timeoutMs, signal }, async (over): Promise<JsonAnswer> => {
    try {
      return await exchange(options, question, over);
    } catch {
      if (!over.aborted) return { kind: "failure", why: "serviceUnreachable" };
      return { kind: "failure", why: signal.aborted ? "stoppedBeforeAnswer" : "noAnswerInTime" };
    }
  });
}

async function exchange(
  { fetch: send = fetch, largestBytes = 50_000_000 }: AskJsonOptions,
  { url, headers = {}, method = "GET", body: sent }: JsonQuestion,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const response = await send(url, {
    method,
    headers: {
      accept: "application/json",
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    // Following one would show the key to an address that nobody chose.
    redirect: "manual",
    signal,
  });
  const body = await jsonOf(response, largestBytes);
  return { kind: "answer", status: response.status, headers: response.headers, body };
}

/** A web page in place of JSON comes from something in front of the service, whatever its status says. */
export function isWebPage(headers: Headers): boolean {
  return /\bhtml\b/i.test(headers.get("content-type") ?? "");
}

/** A date as HTTP writes it (RFC 9110, 5.6.7); anything else, `Date.parse` would guess at. */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/;

/**
 * `retry-after`, in seconds or as a date, as a moment; a date is read by the service's own clock where it tells it.
 * @param now ms since the epoch
 * @returns ms since the epoch; undefined where it is absent or neither
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,7}$/.test(text)) return now + Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return undefined;
  const theirNow = Date.parse(headers.get("date") ?? "");
  const skewMs = Number.isNaN(theirNow) ? 0 : now - theirNow;
  const moment = Date.parse(text) + skewMs;
  return Number.isNaN(moment) ? undefined : moment;
}
