/** What the simulated people and accounts are like; the defaults make a demo of a hundred names pleasant to watch. */
import { z } from "zod";

const share = z.number().min(0).max(1);
const count = z.int().min(1);
const waitMs = z.number().min(0);

/** Part of the population with each habit; everybody else answers at once and takes every message. */
const shares = z
  .strictObject({
    notFound: share.default(0.04),
    refuses: share.default(0.03),
    /** Answers after `slowLatencyMs`. */
    slow: share.default(0.05),
    /** The service is down for the first one to three attempts. */
    flaky: share.default(0.03),
    /** The first attempt is answered with a rate limit. */
    throttled: share.default(0.02),
    /** The first attempt times out, with the message delivered. */
    timeoutDelivered: share.default(0.01),
    /** The first attempt times out, and the message is lost. */
    timeoutLost: share.default(0.01),
  })
  .refine((parts) => Object.values(parts).reduce((sum, part) => sum + part, 0) <= 1, {
    error: "the shares add up to more than 1",
  });

const caps = z.strictObject({
  perMinute: count.exactOptional(),
  perHour: count.exactOptional(),
  perDay: count.exactOptional(),
});

const account = z.strictObject({ name: z.string().min(1).max(64), caps: caps.default({}) });

const limit = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sliding"), count, windowMs: z.number().positive() }),
  z.strictObject({ kind: z.literal("day"), count }),
]);

/** After its n-th delivery the account is in trouble, for `forMs` or, when that is absent, for good. */
const accountTrouble = z.strictObject({
  account: z.string(),
  afterSends: count,
  trouble: z.enum(["resting", "locked", "loggedOut"]),
  forMs: z.number().positive().exactOptional(),
});

/** Five accounts, one message each in a second and a half: a hundred names take about half a minute. */
const fiveAccounts = ["sim-1", "sim-2", "sim-3", "sim-4", "sim-5"].map((name) => ({ name, caps: {} }));
const oneEachMoment = [{ kind: "sliding" as const, count: 1, windowMs: 1_500 }];

/** The simulator's settings; an empty object gives the defaults. */
export const simulatorConfigSchema = z.strictObject({
  /** Another seed is another population. */
  seed: z.string().default("peyk"),
  shares: shares.prefault({}),
  /** How long an answer takes, drawn once for each person. */
  latencyMs: z
    .strictObject({ min: waitMs.default(80), max: waitMs.default(400) })
    .refine(({ min, max }) => min <= max, { error: "min is more than max" })
    .prefault({}),
  slowLatencyMs: waitMs.default(3_000),
  /** How long a time-out takes. */
  timeoutMs: waitMs.default(2_000),
  /** How long a rate limit asks to wait. */
  throttleMs: waitMs.default(3_000),
  accounts: z
    .array(account)
    .min(1)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: "two accounts have the same name",
    })
    .default(fiveAccounts),
  accountTroubles: z.array(accountTrouble).default([]),
  publishedLimits: z.array(limit).default(oneEachMoment),
  looksUp: z.boolean().default(false),
  honoursDedupKey: z.boolean().default(false),
  readsBack: z.boolean().default(true),
});

export type SimulatorConfig = z.infer<typeof simulatorConfigSchema>;
