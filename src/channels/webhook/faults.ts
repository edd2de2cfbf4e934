/**
 * What a gateway's answer to a message means: one table, a test a row, and the same that docs/webhook-channel.md tells whoever
 * writes a gateway. Only an answer that names its meaning speaks of a person: a page of some server in between never does.
 */
import { z } from "zod";
import type { Answer, Fault } from "../../domain/fault.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { retryAfter } from "../../lib/http/http-json.ts";
import type { NoPostAnswer, PostAnswer } from "../../lib/webhooks/post-signed.ts";

/** What a gateway calls it. */
export const gatewayErrors = ["notFound", "refused", "tooFast", "unavailable", "rejected"] as const;
type GatewayError = (typeof gatewayErrors)[number];

/** A gateway that asks to wait does not say how long, in ms. */
const USUAL_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 24 * 3_600_000;

const accepted = z.object({ id: z.string().trim().min(1).max(200) });
const refusal = z.object({ error: z.enum(gatewayErrors) });

/** Reads what came of a message. @param now ms since the epoch */
export function answerOf(answer: PostAnswer, now: number): Answer {
  if (answer.kind === "failure") return faultOfSilence(answer);
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    const taken = accepted.safeParse(body);
    return taken.success
      ? { kind: "delivered", messageId: taken.data.id }
      : { kind: "uncertain", why: "gatewayNoId" };
  }
  const named = refusal.safeParse(body);
  // What says that it failed on the way may have passed the message on, unless it says by name that it did not.
  if (status >= 500 && !(status === 503 && named.data?.error === "unavailable"))
    return { kind: "uncertain", why: "gatewayFailed" };
  return named.success ? faultNamed(named.data.error, answer, now) : faultOfStatus(answer, now);
}

function faultNamed(
  error: GatewayError,
  answer: Extract<PostAnswer, { kind: "answer" }>,
  now: number,
): Fault {
  switch (error) {
    case "notFound":
      return { kind: "recipient", state: "notFound", why: "noSuchName" };
    case "refused":
      return { kind: "recipient", state: "refused", why: "takesNoMessages" };
    case "tooFast":
      return throttled(answer, now);
    case "unavailable":
      return { kind: "unavailable", why: "serviceDown" };
    case "rejected":
      return { kind: "rejected", why: "gatewayRejects" };
  }
}

function faultOfStatus(answer: Extract<PostAnswer, { kind: "answer" }>, now: number): Fault {
  const { status } = answer;
  if (status === 429) return throttled(answer, now);
  if (status === 401) return { kind: "account", trouble: "loggedOut", why: "gatewaySignature" };
  // The first request with this key may be under way, or was given up half-way.
  if (status === 408 || status === 409 || status === 425) return { kind: "uncertain", why: "stillUnderWay" };
  if (status === 413) return { kind: "rejected", why: "messageTooLong" };
  if (status === 404 || status === 405 || status < 400) return { kind: "rejected", why: "gatewayAddress" };
  return { kind: "unexplained", why: "gatewayUnexplained" };
}

function throttled({ headers }: Extract<PostAnswer, { kind: "answer" }>, now: number): Fault {
  const asked = retryAfter(headers, now) ?? now + USUAL_WAIT_MS;
  const retryAt = Math.min(Math.max(asked, now), now + LONGEST_WAIT_MS);
  return { kind: "throttled", scope: "account", retryAt, why: "tooFast" };
}

function faultOfSilence({
  mayHaveLeft,
  why,
}: {
  readonly mayHaveLeft: boolean;
  readonly why: NoPostAnswer;
}): Fault {
  const said: Reason = why;
  if (why === "stoppedBeforeCall") return { kind: "withdrawn", why: said, uncalled: true };
  return mayHaveLeft ? { kind: "uncertain", why: said } : { kind: "unavailable", why: said };
}
