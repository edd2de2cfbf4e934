/**
 * The bot's calls on their way into the lane they share with campaigns. Owns which of them Telegram counts, and whose
 * go first: an operator waits for the answer, a subscriber has just pressed something, and a campaign can wait.
 */
import { z } from "zod";
import type { Clock } from "../lib/clock.ts";
import type { LanePass, PriorityLane } from "../lib/priority-lane.ts";
import type { BotFetch, FetchOptions } from "./retrying-fetch.ts";
import { nativeSignal, tooManyRequests } from "./retrying-fetch.ts";

interface LaneFetchOptions {
  readonly lane: PriorityLane;
  readonly clock: Pick<Clock, "now">;
  readonly isOperator: (chatId: number) => boolean;
}

/** What Telegram counts: messages and edits alike (a button's answer, a poll and a file's address are free). */
const COUNTED = /\/(?:send(?!ChatAction$)|edit|copy|forward)\w*$/;

/** Wraps a fetch so that each counted call waits for its turn, and a 429 stops everybody for as long as it says. */
export function throughLane(options: LaneFetchOptions, base: BotFetch): BotFetch {
  const { lane, clock } = options;
  return async (url, init) => {
    if (!COUNTED.test(String(url))) return base(url, init);
    await lane.enter(passFor(options, init), nativeSignal(init?.signal));
    const answer = await base(url, init);
    if (answer.status !== 429) return answer;
    const body = await answer.json();
    const seconds = tooManyRequests.safeParse(body).data?.parameters.retry_after;
    // One second more: the figure is cut down to whole seconds.
    if (seconds !== undefined) lane.pause(clock.now() + (seconds + 1) * 1000);
    return { status: 429, json: async () => body };
  };
}

const toChat = z.object({ chat_id: z.number() });

/** Uploads are streams, whose chat can't be read from outside; only operators are sent files. */
function passFor({ isOperator }: LaneFetchOptions, init: FetchOptions | undefined): LanePass {
  const chatId = typeof init?.body === "string" ? chatIn(init.body) : undefined;
  if (chatId === undefined) return { rank: "operator" };
  return { rank: isOperator(chatId) ? "operator" : "answer", chat: String(chatId) };
}

function chatIn(body: string): number | undefined {
  try {
    return toChat.safeParse(JSON.parse(body)).data?.chat_id;
  } catch {
    return undefined;
  }
}
