/**
 * Posts one signed message. Owns how long an answer may take and how large it may be, and the promise that everything that
 * can happen is a value. Follows no redirection and repeats nothing; neither address, secret nor body shows in what it says.
 */
import type { Clock } from "../clock.ts";
import { withDeadline } from "../deadline.ts";
import { jsonOf } from "../http/answer-json.ts";
import { surelyNotLeft } from "../x-api/network-failure.ts";
import { signedHeaders } from "./signature.ts";

export type PostAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      /** What the JSON said; undefined when it was none, too large, or not wanted. */
      readonly body: unknown;
    }
  | { readonly kind: "failure"; readonly mayHaveLeft: boolean; readonly why: NoPostAnswer };

export type NoPostAnswer =
  "stoppedBeforeCall" | "stoppedBeforeAnswer" | "noAnswerInTime" | "connectionBroke" | "serviceUnreachable";

export interface SignedPost {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PostOptions {
  readonly clock: Clock;
  /** How long it may take, answer and all, in ms; the specification recommends 15 to 30 s. */
  readonly timeoutMs?: number;
  /** Largest answer that is read, in bytes; 0: none is. */
  readonly largestBytes?: number;
  readonly fetch?: typeof fetch;
}

/** Posts once. Never throws. */
export async function postSigned(
  post: SignedPost,
  options: PostOptions,
  signal: AbortSignal,
): Promise<PostAnswer> {
  if (signal.aborted) return { kind: "failure", mayHaveLeft: false, why: "stoppedBeforeCall" };
  const { clock, timeoutMs = 20_000 } = options;
  return withDeadline({ clock, ms: timeoutMs, signal }, async (over): Promise<PostAnswer> => {
    try {
      return await exchange(post, options, over);
    } catch (error) {
      if (signal.aborted) return { kind: "failure", mayHaveLeft: true, why: "stoppedBeforeAnswer" };
      if (over.aborted) return { kind: "failure", mayHaveLeft: true, why: "noAnswerInTime" };
      return surelyNotLeft(error)
        ? { kind: "failure", mayHaveLeft: false, why: "serviceUnreachable" }
        : { kind: "failure", mayHaveLeft: true, why: "connectionBroke" };
    }
  });
}

async function exchange(
  { url, id, body, secrets, headers = {} }: SignedPost,
  { clock, largestBytes = 0, fetch: send = fetch }: PostOptions,
  signal: AbortSignal,
): Promise<PostAnswer> {
  const response = await send(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "Peyk",
      ...headers,
      ...signedHeaders({ id, at: clock.now(), body, secrets }),
    },
    body,
    redirect: "manual",
    signal,
  });
  const { status, headers: answered } = response;
  if (largestBytes > 0)
    return { kind: "answer", status, headers: answered, body: await jsonOf(response, largestBytes) };
  await response.body?.cancel();
  return { kind: "answer", status, headers: answered, body: undefined };
}
