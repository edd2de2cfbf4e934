/**
 * One call of the Bot API, at the wire. Owns the difference between a request that surely never left and one whose
 * answer was lost, and promises that the token, which stands in every address, is in nothing it answers.
 */
import { z } from "zod";
import { jsonOf } from "../../lib/http/answer-json.ts";

/** Where a bot is spoken for, and with what. */
export interface BotAccess {
  readonly token: string;
  /** Without a slash at the end. */
  readonly apiRoot: string;
}

/** Telegram's are short; a longer one is somebody else's. */
const LONGEST_DESCRIPTION = 500;

const refusal = z.object({
  ok: z.literal(false),
  error_code: z.int(),
  description: z
    .string()
    .default("")
    .transform((text) => text.slice(0, LONGEST_DESCRIPTION)),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.int().optional() })
    .default({}),
});
const bodySchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  refusal,
]);

/** Why the Bot API refused, in its own words; those are no contract. */
export type Refusal = z.infer<typeof refusal>;

/** What came of a call. */
export type CallOutcome =
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** Something between us and Telegram answered: a proxy's page, half a body. */
  | { readonly kind: "unreadable"; readonly status: number }
  /** Surely nothing arrived. */
  | { readonly kind: "unreached" }
  /** The request left, or may have, and no answer came. */
  | { readonly kind: "lost"; readonly isOurs: boolean };

/** Errors of the way there: no byte of the request left before them. */
const BEFORE_THE_REQUEST = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** What Telegram says of one message is some kilobytes. */
const LARGEST_ANSWER_BYTES = 5_000_000;

/** Asks for one method; fields that are undefined are left out. */
export async function callBotApi(
  { token, apiRoot }: BotAccess,
  method: string,
  body: FormData | Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const isForm = body instanceof FormData;
  try {
    const response = await fetch(`${apiRoot}/bot${token}/${method}`, {
      method: "POST",
      body: isForm ? body : JSON.stringify(body),
      ...(isForm ? {} : { headers: { "content-type": "application/json" } }),
      // Following one would send the message a second time, and the token to an address that nobody chose.
      redirect: "manual",
      signal,
    });
    return outcomeOf(response.status, await jsonOf(response, LARGEST_ANSWER_BYTES));
  } catch (error) {
    if (!signal.aborted && BEFORE_THE_REQUEST.has(codeOf(error))) return { kind: "unreached" };
    return { kind: "lost", isOurs: signal.aborted };
  }
}

function outcomeOf(status: number, body: unknown): CallOutcome {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { kind: "unreadable", status };
  return parsed.data.ok
    ? { kind: "done", result: parsed.data.result }
    : { kind: "refused", refusal: parsed.data };
}

/** Node's fetch wraps what happened into a TypeError with a cause. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

const me = z.object({ username: z.string() });

/** The bot's username in what getMe answers; undefined when that is something else. */
export function meOf(result: unknown): string | undefined {
  return me.safeParse(result).data?.username;
}
