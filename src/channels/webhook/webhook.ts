/**
 * The operator's own gateway: each message is one signed POST with a key that is the same for every attempt at it.
 * docs/webhook-channel.md is the contract; whoever keeps it can send by anything (SMS, e-mail, a pager).
 */
import type { Answer } from "../../domain/fault.ts";
import type { Clock } from "../../lib/clock.ts";
import { postSigned } from "../../lib/webhooks/post-signed.ts";
import { webhookId } from "../../lib/webhooks/signature.ts";
import type { Channel, ChannelManifest, SendRequest } from "../channel.ts";
import { answerOf } from "./faults.ts";
import type { Gateway } from "./gateway-file.ts";

export interface WebhookChannelOptions {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** How long an answer may take, in ms. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** Enough to keep a gateway busy, and few enough for one that is a script. */
const SENDS_AT_ONCE = 8;

/** An answer is an id or a word. */
const LARGEST_ANSWER_BYTES = 64 * 1024;

/** Makes the channel; it holds nothing open. */
export function createWebhookChannel(options: WebhookChannelOptions): Channel {
  const { gateway } = options;
  const manifest = manifestOf(gateway);
  return {
    manifest,
    accounts: () => Promise.resolve(gateway.accounts),
    send: (request, signal) => send(request, options, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function manifestOf({ keepsKeys, longestMessage }: Gateway): ChannelManifest {
  return {
    name: "webhook",
    looksUp: false,
    honoursDedupKey: keepsKeys,
    readsBack: false,
    publishedLimits: [],
    sendsAtOnce: SENDS_AT_ONCE,
    maxMessageLength: longestMessage,
    reachesPeople: true,
    takesUsualCap: false,
  };
}

async function send(
  { account, username, text, dedupKey, values }: SendRequest,
  { gateway, clock, timeoutMs = 20_000, fetch: own }: WebhookChannelOptions,
  signal: AbortSignal,
): Promise<Answer> {
  if (signal.aborted) return { kind: "withdrawn", why: "stoppedBeforeCall", uncalled: true };
  if (text.trim() === "") return { kind: "rejected", why: "messageEmpty", uncalled: true };
  if (text.length > gateway.longestMessage)
    return { kind: "rejected", why: "messageTooLong", uncalled: true };
  if (!gateway.accounts.some(({ name }) => name === account))
    return { kind: "account", trouble: "loggedOut", why: "noSuchAccount", uncalled: true };
  const id = webhookId(`${gateway.sender}\n${dedupKey}`);
  const data = { key: id, account, to: username, text, values: values ?? {} };
  const body = JSON.stringify({
    type: "message.send",
    timestamp: new Date(clock.now()).toISOString(),
    data,
  });
  const { url, secrets } = gateway;
  const post = { url, id, body, secrets, headers: { "idempotency-key": id } };
  const ways = { clock, timeoutMs, largestBytes: LARGEST_ANSWER_BYTES, ...(own ? { fetch: own } : {}) };
  const answer = await postSigned(post, ways, signal);
  return answerOf(answer, clock.now());
}
