/** What happens, by number, for whoever asks again and again. */
import { Hono } from "hono";
import { z } from "zod";
import { hookEventOf } from "../../domain/hooks/hook-event.ts";
import type { Clock } from "../../lib/clock.ts";
import { eventOf } from "./answers.ts";
import type { ApiEnv, ApiParts } from "./api-env.ts";
import { ApiProblem } from "./problem.ts";

const MOST_EVENTS = 1000;
const LONGEST_WAIT_S = 30;

const number = (most: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.number().max(most));

const asked = z.object({
  after: number(Number.MAX_SAFE_INTEGER).optional(),
  limit: number(MOST_EVENTS).default(100),
  wait: number(LONGEST_WAIT_S).default(0),
});

/** @param closing Ends all waits */
export function feedRoutes({ app, clock }: ApiParts, closing: AbortSignal): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get("/events", async (c) => {
    const query = asked.safeParse(c.req.query());
    if (!query.success) throw new ApiProblem("badQuery");
    const { limit, wait } = query.data;
    const { feed } = app;
    const last = await feed.last();
    // Nobody starts with all there ever was, and a number that is yet to come is that of another folder.
    const after = Math.min(query.data.after ?? last, last);
    const until = { clock, ms: wait * 1000, signals: [c.req.raw.signal, closing] };
    if (wait > 0) await passing(until, (signal) => feed.wait(after, signal));
    await feed.sync();
    const { events, hasGap } = await feed.read(after, Math.max(1, limit));
    return c.json({
      events: events.flatMap(({ number: at, event }) => {
        const told = hookEventOf(event);
        return told ? [eventOf(at, told)] : [];
      }),
      next: events.at(-1)?.number ?? after,
      hasGap,
    });
  });
  return routes;
}

interface Until {
  readonly clock: Clock;
  readonly ms: number;
  readonly signals: readonly AbortSignal[];
}

/** Waits for something for so long, or until one of the signals fires. */
async function passing(
  { clock, ms, signals }: Until,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  for (const signal of signals) {
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
  }
  void clock.sleep(ms, over.signal).then(end, () => undefined);
  try {
    await work(over.signal);
  } finally {
    end();
    for (const signal of signals) signal.removeEventListener("abort", end);
  }
}
