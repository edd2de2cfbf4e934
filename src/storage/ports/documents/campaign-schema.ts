/** What a campaign's document must look like. Strict: a field that this version doesn't know is not silently lost. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import type { ChangedPart } from "../../../domain/revision.ts";
import { contentKinds } from "../../../domain/copied-content.ts";
import { isCampaignId } from "../../../domain/campaign.ts";
import { railRules } from "../../../domain/settings/guard-rails.ts";
import type { Weekday } from "../../../domain/when/wall-clock.ts";
import { weekdays } from "../../../domain/when/wall-clock.ts";
import { timeZoneNamed } from "../../../domain/when/zone-name.ts";
import { reason } from "./reason-schema.ts";

const count = z.int().nonnegative();
const moment = z.number();

const caps = z.strictObject({
  perMinute: count.exactOptional(),
  perHour: count.exactOptional(),
  perDay: count.exactOptional(),
});

const accountWait = z.strictObject({
  name: z.string(),
  trouble: z.enum(["capped", "paced", "resting", "locked", "loggedOut", "leftOut"]),
  until: moment.exactOptional(),
  why: reason.exactOptional(),
});

const pause = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("operator"), by: z.string().exactOptional() }),
  z
    .strictObject({
      kind: z.literal("noAccount"),
      until: moment.exactOptional(),
      /** One text for all accounts, as an older version wrote it. */
      why: z.unknown().exactOptional(),
      accounts: z.array(accountWait).exactOptional(),
    })
    .transform(withoutWhy),
  z.strictObject({ kind: z.literal("unavailable"), until: moment, why: reason }),
  z.strictObject({ kind: z.literal("window"), until: moment }),
  z.strictObject({ kind: z.literal("firstPaused"), campaignId: z.string() }),
  z.strictObject({ kind: z.literal("missedStart"), due: moment }),
  z.strictObject({
    kind: z.literal("unheard"),
    account: z.string(),
    until: moment.exactOptional(),
    why: reason.exactOptional(),
  }),
  z.strictObject({ kind: z.literal("rejected"), why: reason }),
  z.strictObject({ kind: z.literal("storage"), why: reason }),
  z.strictObject({ kind: z.literal("restored"), madeAt: moment }),
  z.strictObject({ kind: z.literal("approval") }),
  z.strictObject({ kind: z.literal("triedFirst"), upTo: count }),
  z.strictObject({
    kind: z.literal("guardRail"),
    rule: z.enum(railRules),
    count,
    of: count,
    share: z.number(),
    names: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("spendCap"), spent: z.number(), cap: z.number() }),
]);

function withoutWhy<T extends { why?: unknown }>(old: T): Omit<T, "why"> {
  const { why: _, ...rest } = old;
  return rest;
}

/** A name, never a path: it may not lead out of the campaign's folder. */
const listFile = z.string().regex(/^[\w-]+\.jsonl$/);

const correction = z.strictObject({
  revision: count,
  file: listFile,
  columns: z.array(z.string()),
  origin: z.string(),
  at: moment,
});

const list = z.strictObject({
  file: listFile,
  count,
  columns: z.array(z.string()),
  origin: z.string(),
  importedAt: moment,
  through: z.string().exactOptional(),
  grows: z.literal(true).exactOptional(),
  corrections: z.array(correction).exactOptional(),
});

const textExtras = {
  format: z.literal("html").exactOptional(),
  attachment: z
    .strictObject({
      kind: z.enum(["photo", "document"]),
      file: z.string().regex(/^attachment-\d+$/),
      name: z.string(),
    })
    .exactOptional(),
  copy: z
    .strictObject({
      kind: z.enum(contentKinds),
      chatId: z.int(),
      messageIds: z.array(z.int()).min(1),
      caption: z.string().exactOptional(),
    })
    .exactOptional(),
  buttons: z.array(z.strictObject({ label: z.string(), url: z.string() })).exactOptional(),
};

const translation = z.strictObject({
  language: z.string(),
  message: z.string(),
  extras: z.strictObject(textExtras).exactOptional(),
});

export const extrasSchema = z.strictObject({
  ...textExtras,
  translations: z.array(translation).exactOptional(),
});

const consent = z.strictObject({ statement: z.string(), by: z.string(), at: moment });

const earlierMessage = z.strictObject({
  message: z.string(),
  extras: extrasSchema.exactOptional(),
  until: moment,
  by: z.string(),
  revision: count.exactOptional(),
});

const revision = z.strictObject({
  number: count,
  at: moment,
  by: z.string(),
  what: z.array(z.custom<ChangedPart>((part) => typeof part === "string")),
});

const share = z.int().positive();
const weekday = z.custom<Weekday>((day) => weekdays.some((one) => one === day));

const sendWindow = z.strictObject({
  timeZone: z.string().refine((name) => timeZoneNamed(name) !== undefined, "is no time zone"),
  hours: z
    .array(
      z.strictObject({
        days: z.array(weekday).min(1),
        from: z.int().min(0).max(1439),
        to: z.int().min(1).max(1440),
      }),
    )
    .min(1),
});

const settings = {
  sendWindow: sendWindow.exactOptional(),
  tryFirst: z.strictObject({ count: z.int().positive(), upTo: count }).exactOptional(),
  guardRails: z
    .strictObject({
      declined: share.exactOptional(),
      failed: share.exactOptional(),
      optedOut: share.exactOptional(),
      looked: z.strictObject({ claims: count, at: moment }).exactOptional(),
    })
    .exactOptional(),
  pace: caps.exactOptional(),
  priority: z.int().nonnegative().exactOptional(),
  spendCap: z.number().positive().exactOptional(),
  followUps: z
    .array(z.strictObject({ afterDays: z.int().positive(), message: z.string() }))
    .min(1)
    .exactOptional(),
};

const deed = z.strictObject({
  what: z.enum(["scheduled", "started", "paused", "resumed", "retried", "cancelled"]),
  by: z.string().exactOptional(),
  at: moment,
});

export const campaignSchema: z.ZodType<Campaign> = z.strictObject({
  id: z.string().refine(isCampaignId, "is no task id"),
  createdAt: moment,
  createdBy: z.int().exactOptional(),
  channel: z.string(),
  accounts: z.array(z.strictObject({ name: z.string(), caps })),
  formerAccounts: z.array(z.string()).exactOptional(),
  message: z.string(),
  extras: extrasSchema.exactOptional(),
  earlierMessages: z.array(earlierMessage).exactOptional(),
  lists: z.array(list),
  consent,
  earlierConsents: z.array(consent).exactOptional(),
  revision: count.exactOptional(),
  revisions: z.array(revision).exactOptional(),
  startedWith: z.string().exactOptional(),
  askedWith: z.string().exactOptional(),
  notWithinDays: z.int().positive().exactOptional(),
  excludes: z.array(z.string()).exactOptional(),
  ...settings,
  schedule: z
    .strictObject({ at: moment, timeZone: z.string(), by: z.string(), setAt: moment })
    .exactOptional(),
  standing: z
    .strictObject({
      kind: z.literal("welcome"),
      since: moment,
      isOff: z.literal(true).exactOptional(),
      turnedAt: moment,
    })
    .exactOptional(),
  followsUp: z
    .strictObject({ campaignId: z.string(), rootId: z.string(), step: z.int().positive(), since: moment })
    .exactOptional(),
  followUpsCancelled: z.strictObject({ by: z.string(), at: moment }).exactOptional(),
  unexplained: z
    .strictObject({ count: z.number().int().positive(), after: z.number().int() })
    .exactOptional(),
  status: z.enum(["scheduled", "running", "paused", "finished", "cancelled"]),
  restored: z
    .strictObject({ madeAt: moment, at: moment, wasScheduled: z.literal(true).exactOptional() })
    .exactOptional(),
  approval: z
    .strictObject({
      given: z.strictObject({ by: z.string().exactOptional(), at: moment, of: z.string() }).exactOptional(),
      sentBack: z.strictObject({ by: z.string(), at: moment, reason: z.string() }).exactOptional(),
    })
    .exactOptional(),
  pause: pause.exactOptional(),
  pausedAt: moment.exactOptional(),
  deeds: z.array(deed).exactOptional(),
  finishedAt: moment.exactOptional(),
});
