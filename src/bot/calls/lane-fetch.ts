/**
 * The bot's calls on their way into the lane they share with campaigns. Owns which of them Telegram counts, and whose
 * go first: an operator waits for the answer, then whoever is told that they are out, then whoever else has just written.
 */
import { z } from "zod";
import type { LanePass, LaneRank, PriorityLane } from "../../lib/pace/priority-lane.ts";
import type { BotFetch, FetchOptions } from "./retrying-fetch.ts";
import { nativeSignal, tooManyRequests } from "./retrying-fetch.ts";
import { peekedUpload } from "./peeked-upload.ts";

interface LaneFetchOptions {
  readonly lane: PriorityLane;
  readonly isOperator: (chatId: number) => boolean;
  /** Whether what is said to a chat now is that its person is out. */
  readonly isLeaving: (chatId: number) => boolean;
}

/** What Telegram counts: messages and edits alike (a button's answer, a poll and a file's address are free). */
const COUNTED = /\/(?:send(?!ChatAction$)|edit|copy|forward)\w*$/;

/** When Telegram asks to wait without saying how long, in s. */
const DEFAULT_WAIT_S = 30;

/** Wraps a fetch so that each counted call waits for its turn, and a 429 stops its chat for as long as it says. */
export function throughLane(options: LaneFetchOptions, base: BotFetch): BotFetch {
  const { lane } = options;
  return async (url, init) => {
    if (!COUNTED.test(String(url))) return base(url, init);
    const { pass, init: whole } = await passFor(options, init);
    const place = await lane.enter(pass, nativeSignal(init?.signal));
    if (place.kind === "go") place.left();
    const answer = await base(url, whole);
    if (answer.status !== 429) return answer;
    const body = await answer.json().catch(() => ({}));
    const seconds = tooManyRequests.safeParse(body).data?.parameters.retry_after;
    lane.told(pass, seconds ?? DEFAULT_WAIT_S);
    return { status: 429, json: async () => body };
  };
}

const toChat = z.object({ chat_id: z.number() });

interface Passing {
  readonly pass: LanePass;
  /** What to call with: an upload is a stream, and what was read of it must be sent too. */
  readonly init: FetchOptions | undefined;
}

/** Only operators are sent files. */
async function passFor(options: LaneFetchOptions, init: FetchOptions | undefined): Promise<Passing> {
  if (typeof init?.body !== "string") {
    const { body, chat } = await peekedUpload(init?.body);
    const pass: LanePass = { rank: "operator", ...(chat === undefined ? {} : { chat }) };
    return { pass, init: { ...init, body } };
  }
  const chatId = chatIn(init.body);
  if (chatId === undefined) return { pass: { rank: "operator" }, init };
  return { pass: { rank: rankOf(chatId, options), chat: String(chatId) }, init };
}

function rankOf(chatId: number, { isOperator, isLeaving }: LaneFetchOptions): LaneRank {
  if (isOperator(chatId)) return "operator";
  return isLeaving(chatId) ? "departure" : "answer";
}

function chatIn(body: string): number | undefined {
  try {
    return toChat.safeParse(JSON.parse(body)).data?.chat_id;
  } catch {
    return undefined;
  }
}
