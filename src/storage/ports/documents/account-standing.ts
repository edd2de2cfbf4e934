/** What must be kept of how accounts stand. */
import { z } from "zod";
import type {
  AccountStanding,
  ChannelHealth,
  ChannelStanding,
} from "../../../domain/accounts/channel-health.ts";
import { reason } from "./reason-schema.ts";

const moment = z.number();
const rest = z.strictObject({ until: moment, why: reason });

const health = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("active") }),
  z.strictObject({ kind: z.literal("resting"), until: moment, why: reason }),
  z.strictObject({ kind: z.literal("left"), trouble: z.enum(["locked", "loggedOut"]), why: reason }),
]);

const pace = z.strictObject({
  factor: z.number().gt(0).lt(1),
  limit: z.strictObject({ count: z.int().positive(), windowMs: z.number().positive() }),
});

export const accountStandingSchema: z.ZodType<AccountStanding> = z.strictObject({
  health,
  pace: pace.exactOptional(),
  isOnTrial: z.literal(true).exactOptional(),
});

const channel = {
  outage: rest.extend({ opened: z.int().positive() }).exactOptional(),
  rest: rest.exactOptional(),
};

export const channelStandingSchema: z.ZodType<ChannelStanding> = z.strictObject(channel);

export const channelHealthSchema: z.ZodType<ChannelHealth> = z.strictObject({
  ...channel,
  accounts: z.record(z.string(), accountStandingSchema),
});
