/** The innermost fetch of the bot: one try of one call, and how long its answer may take. */
import type { BotFetch } from "./retrying-fetch.ts";
import { nativeSignal, plainFetch } from "./retrying-fetch.ts";

/** Twice what a busy Bot API server was seen to take; an answer later than that is lost. In ms. */
const ANSWER_MS = 120_000;
/** For 50 MB, the most a bot may upload, over a slow line. In ms. */
const UPLOAD_MS = 15 * 60_000;

/** Ends a try whose answer takes too long. Below every wait: those are not the call's time. */
export function createTimedFetch(
  base: BotFetch = plainFetch,
  timeout: (ms: number) => AbortSignal = (ms) => AbortSignal.timeout(ms),
): BotFetch {
  return (url, init = {}) => {
    const limit = timeout(typeof init.body === "string" ? ANSWER_MS : UPLOAD_MS);
    return base(url, { ...init, signal: AbortSignal.any([nativeSignal(init.signal), limit]) });
  };
}
