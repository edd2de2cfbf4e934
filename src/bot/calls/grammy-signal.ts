import type { Api } from "grammy";

/** The signal that grammY's types ask for, a polyfill's from before Node had one of its own. */
type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** Hands a signal of Node's to grammY, which only listens to it. */
export function grammySignal(signal: AbortSignal): GrammySignal {
  if (!isTaken(signal)) throw new TypeError("not an abort signal");
  return signal;
}

function isTaken(signal: unknown): signal is GrammySignal {
  return signal instanceof AbortSignal;
}
