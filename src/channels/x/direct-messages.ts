/** Direct messages as X lists them: newest first, thirty days back, a hundred a page. */
import { z } from "zod";
import type { Fault } from "../../domain/fault.ts";
import type { Clock } from "../../lib/clock.ts";
import type { OAuth1Keys } from "../../lib/x-api/oauth1.ts";
import type { XLimits, XWindow } from "../../lib/x-api/rate-limits.ts";
import type { XClient } from "../../lib/x-api/x-client.ts";
import { faultOfQuestion } from "./faults.ts";
import { rowsOf, xId } from "./answer-shapes.ts";

/** X lists nothing older. */
export const LISTED_FOR_MS = 30 * 24 * 3_600_000;

const messageSchema = z.object({
  id: xId,
  text: z.string().default(""),
  sender_id: xId,
  created_at: z
    .string()
    .optional()
    .catch(undefined)
    .transform((text = "") => momentIn(text)),
});

const userSchema = z.object({ id: xId, username: z.string() });

const bodySchema = z.object({
  // All or nothing: a message that can't be understood may be a stop, or the very one that is looked for.
  data: z
    .array(messageSchema)
    .nullish()
    .transform((messages) => messages ?? []),
  includes: z.object({ users: rowsOf(userSchema) }).nullish(),
  meta: z
    .object({
      next_token: z
        .string()
        .regex(/^\S{0,2000}$/)
        .nullish(),
    })
    .nullish(),
});

/** `created_at` in ms since the epoch, by our clock; undefined where X tells no time that can be understood. */
export type DirectMessage = z.infer<typeof messageSchema>;

export interface MessagePage {
  readonly kind: "page";
  readonly messages: readonly DirectMessage[];
  /** Usernames of the senders by their ids, as far as X told them. */
  readonly usernames: ReadonlyMap<string, string>;
  readonly next?: string;
}

/**
 * What is left of each account's window of questions about messages. Every question there is shares it, so those that can
 * wait leave a few to those about answers: nobody may be written to again before these are read.
 */
export class MessageWindows {
  readonly #windows = new Map<string, XWindow>();

  /** Until when a question of this kind is not asked, ms since the epoch; undefined: it may be. */
  restsUntil(accessToken: string, canWait: boolean, now: number): number | undefined {
    const window = this.#windows.get(accessToken);
    if (!window || window.resetsAt <= now) return undefined;
    const kept = canWait ? Math.min(3, Math.floor(window.limit / 5)) : 0;
    return window.remaining <= kept ? window.resetsAt + 1000 : undefined;
  }

  note(accessToken: string, { window }: XLimits): void {
    if (window) this.#windows.set(accessToken, window);
  }
}

export interface MessageQuestion {
  readonly client: XClient;
  readonly clock: Clock;
  readonly keys: OAuth1Keys;
  /** `/2/dm_events`, or the same of one conversation. */
  readonly path: string;
  /** Messages a page at most: each one that is read costs. */
  readonly pageSize: number;
  readonly windows: MessageWindows;
  /** What is asked can as well be asked when the next window has begun. */
  readonly canWait?: boolean;
}

/** Asks for one page, or answers without a call that the account must wait. */
export async function messagePage(
  { client, clock, keys, path, pageSize, windows, canWait = false }: MessageQuestion,
  signal: AbortSignal,
  next?: string,
): Promise<MessagePage | Fault> {
  const retryAt = windows.restsUntil(keys.accessToken, canWait, clock.now());
  if (retryAt !== undefined) return { kind: "throttled", scope: "account", retryAt, why: "xWait" };
  const query = {
    max_results: String(pageSize),
    event_types: "MessageCreate",
    // Who sent it is no field by X's documents since 2.167, but an expansion; those before take both.
    "dm_event.fields": "id,text,event_type,created_at",
    expansions: "sender_id",
    "user.fields": "username",
    ...(next === undefined ? {} : { pagination_token: next }),
  };
  const answer = await client.ask(keys, { method: "GET", path, query }, signal);
  if (answer.kind === "answer") windows.note(keys.accessToken, answer.limits);
  if (answer.kind === "failure" || answer.status !== 200) return faultOfQuestion(answer, clock.now());
  const parsed = bodySchema.safeParse(answer.body);
  if (!parsed.success) return faultOfQuestion(answer, clock.now());
  const { data, includes, meta } = parsed.data;
  const following = meta?.next_token ?? "";
  // Going on with the same page would never end.
  if (following !== "" && following === next) return { kind: "unavailable", why: "xUnclear" };
  return {
    kind: "page",
    messages: data.map((message) => byOurClock(message, answer.aheadMs)),
    usernames: new Map((includes?.users ?? []).map(({ id, username }) => [id, username.toLowerCase()])),
    ...(following === "" ? {} : { next: following }),
  };
}

function momentIn(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** What is compared with a message's time, a claim say, is by our clock, which X lets differ by minutes. */
function byOurClock(message: DirectMessage, aheadMs = 0): DirectMessage {
  const { created_at: at } = message;
  return at === undefined ? message : { ...message, created_at: at + aheadMs };
}
