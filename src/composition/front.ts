/**
 * The bot, made anew each time that the chat is this process's to hold. Where what it keeps was taken from it (somebody was
 * erased from it, or another process talks now), or the store was away while it got ready, it stops at once, and begins anew
 * after a while if the chat is still its own.
 */
import type { Clock } from "../lib/clock.ts";
import { createTurns } from "../lib/in-turn.ts";
import { passingOf } from "../storage/ports/away.ts";
import type { Talk } from "./talk.ts";
import type { Work } from "./works.ts";

export interface Front extends Work {
  /** Resolves when the bot has stopped by itself, and rejects when it was made to. */
  readonly done: Promise<void>;
}

export interface FrontParts {
  readonly open: () => Promise<Talk>;
  readonly clock: Clock;
  readonly log: { error(problem: Error): void };
}

/** By then whoever lost the chat to another process knows it, in ms. */
const AGAIN_MS = 5000;

export function createFront({ open, clock, log }: FrontParts): Front {
  let [stopped, failed] = [(): void => undefined, (_error: unknown): void => undefined];
  const done = new Promise<void>((resolve, reject) => ([stopped, failed] = [resolve, reject]));
  const inTurn = createTurns();
  let held = new AbortController();
  let talk: Talk | undefined;

  const begin = async (): Promise<void> => {
    const opened = await open();
    talk = opened;
    opened.start().then(
      () => talk === opened && stopped(),
      (error: unknown) => {
        if (talk !== opened) return undefined;
        if (!passingOf(error)) return failed(error);
        tell(error);
        return again(held.signal);
      },
    );
    void opened.lost.then(() => (talk === opened ? again(held.signal) : undefined));
  };
  const end = async (): Promise<void> => {
    const opened = talk;
    talk = undefined;
    await opened?.[Symbol.asyncDispose]();
  };
  const tell = (error: unknown): void => log.error(error instanceof Error ? error : new Error(String(error)));
  /** Never rejects. */
  const again = async (signal: AbortSignal): Promise<void> => {
    await inTurn(end).catch(tell);
    for (;;) {
      await clock.sleep(AGAIN_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        return await inTurn(begin);
      } catch (error) {
        tell(error);
      }
    }
  };
  return {
    done,
    begin() {
      held = new AbortController();
      return inTurn(begin);
    },
    end() {
      held.abort();
      return inTurn(end);
    },
  };
}
