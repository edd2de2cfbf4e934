/** What calls are answered with, and how it is made of what the application says. */
import { z } from "zod";
import type { CampaignView } from "../../app/app.ts";
import type { ChannelChoice, Plan, Preview } from "../../app/drafts/draft.ts";
import type { HookEvent } from "../../domain/hooks/hook-event.ts";
import { hookTypes } from "../../domain/hooks/hook-event.ts";
import type { Suppression } from "../../domain/people/suppression.ts";
import { suppressionReasons } from "../../domain/people/suppression.ts";
import { invalidReasons } from "../../domain/people/username.ts";
import { recipientStates } from "../../domain/recipient.ts";
import { codeOf } from "../../domain/reasons/reason.ts";
import type { ResultRow } from "../../app/campaigns/results-file.ts";
import { pauseSentence } from "../../words/pause-sentence.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { windowText } from "../../words/when-words.ts";
import type { Words } from "../../words/words.ts";
import { linesOf } from "../view.ts";
import { problemCodes } from "./problem.ts";

const moment = z.iso.datetime();
const count = z.int().min(0);

export const campaignAnswer = z.strictObject({
  id: z.string(),
  status: z.enum(["scheduled", "running", "paused", "finished", "cancelled"]),
  channel: z.string(),
  accounts: z.array(z.string()),
  createdAt: moment,
  finishedAt: moment.exactOptional(),
  startsAt: moment.exactOptional().describe("It is scheduled for this moment."),
  window: z.string().exactOptional().describe("The hours in which it sends, in words; absent: any."),
  total: count.describe("Recipients of all its lists; the counts add up to it."),
  counts: z.record(z.enum(recipientStates), count),
  finishesAt: moment.exactOptional().describe("When it is expected to end."),
  pause: z
    .strictObject({ kind: z.string(), sentence: z.string().exactOptional(), until: moment.exactOptional() })
    .exactOptional(),
  sentBack: z
    .strictObject({ at: moment, note: z.string() })
    .exactOptional()
    .describe("Somebody did not approve it, and said why; gone with the next approval."),
});

export const campaignsAnswer = z.strictObject({ campaigns: z.array(campaignAnswer) });

const invalid = z.array(
  z.strictObject({ row: z.int().min(1), text: z.string(), reason: z.enum(invalidReasons) }),
);

export const startAnswer = z.strictObject({
  campaign: campaignAnswer,
  duplicates: count.exactOptional().describe("Rows that named somebody again; said when it begins."),
  invalid: invalid.exactOptional().describe("Rows that name nobody; said when it begins."),
});

export const planAnswer = z.strictObject({
  toSend: count,
  alreadySent: count,
  suppressed: count.describe("On the do-not-send list."),
  contactedLately: count,
  duplicates: count,
  invalid,
  accounts: z.array(z.strictObject({ name: z.string(), usedToday: count })),
  days: count,
  finishesAt: moment.exactOptional(),
  cost: z.strictObject({ dollars: z.number(), asOf: z.string() }).exactOptional(),
  preview: z.array(z.strictObject({ username: z.string(), text: z.string() })),
});

export const channelsAnswer = z.strictObject({
  channels: z.array(
    z.strictObject({
      name: z.string(),
      reachesPeople: z.boolean().describe("A statement of consent is needed."),
      longestMessage: count,
      accounts: z.array(z.string()),
    }),
  ),
});

export const resultLine = z.strictObject({
  username: z.string(),
  state: z.enum(recipientStates),
  attempts: count,
  account: z.string().exactOptional(),
  at: moment.exactOptional(),
  messageId: z.string().exactOptional(),
  reason: z.string().exactOptional(),
});

export const suppressedLine = z.strictObject({
  username: z.string(),
  reason: z.enum(suppressionReasons),
  at: moment,
  note: z.string().exactOptional(),
});

export const suppressedAnswer = z.strictObject({
  username: z.string(),
  isSuppressed: z.boolean(),
  changed: z.boolean(),
});

export const eventsAnswer = z.strictObject({
  events: z.array(
    z.strictObject({
      number: count,
      type: z.enum(hookTypes),
      timestamp: moment,
      data: z.strictObject({
        campaign: z.string(),
        recipient: z.string().exactOptional(),
        account: z.string().exactOptional(),
        reason: z.string().exactOptional(),
        until: moment.exactOptional(),
        kind: z.string().exactOptional(),
        note: z.string().exactOptional().describe("What a person said about it."),
      }),
    }),
  ),
  next: count.describe("Ask with it as `after` the next time."),
  hasGap: z.boolean().describe("Some in between are not kept any more: look at the campaigns themselves."),
});

export const problemAnswer = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  errors: z
    .array(z.strictObject({ at: z.string().describe("JSON pointer"), detail: z.string() }))
    .exactOptional(),
  invalid: invalid.exactOptional(),
});

type Answer<S extends z.ZodType> = z.infer<S>;

export function campaignOf(view: CampaignView, words: Words): Answer<typeof campaignAnswer> {
  const { campaign, counts, imported, finishesAt } = view;
  const { pause, schedule, sendWindow, approval } = campaign;
  const sentence = withoutDirectionMarks(linesOf([pauseSentence(view, words)]).join("\n"));
  return {
    id: campaign.id,
    status: campaign.status,
    channel: campaign.channel,
    accounts: campaign.accounts.map(({ name }) => name),
    createdAt: iso(campaign.createdAt),
    ...(campaign.finishedAt === undefined ? {} : { finishedAt: iso(campaign.finishedAt) }),
    ...(campaign.status === "scheduled" && schedule ? { startsAt: iso(schedule.at) } : {}),
    ...(sendWindow ? { window: withoutDirectionMarks(windowText(sendWindow, words)) } : {}),
    total: imported,
    counts,
    ...(finishesAt === undefined || !Number.isFinite(finishesAt) ? {} : { finishesAt: iso(finishesAt) }),
    ...(pause
      ? {
          pause: {
            kind: pause.kind,
            ...(sentence === "" ? {} : { sentence }),
            ...("until" in pause && pause.until !== undefined && Number.isFinite(pause.until)
              ? { until: iso(pause.until) }
              : {}),
          },
        }
      : {}),
    ...(approval?.sentBack
      ? { sentBack: { at: iso(approval.sentBack.at), note: approval.sentBack.reason } }
      : {}),
  };
}

export function planOf(
  { toSend, alreadySent, suppressed, contactedLately, accounts, days, finishesAt, cost }: Plan,
  list: Pick<Answer<typeof planAnswer>, "duplicates" | "invalid">,
  preview: readonly Preview[],
): Answer<typeof planAnswer> {
  return {
    toSend,
    alreadySent,
    suppressed,
    contactedLately,
    ...list,
    accounts: accounts.map(({ name, usedToday }) => ({ name, usedToday })),
    days,
    ...(finishesAt === undefined ? {} : { finishesAt: iso(finishesAt) }),
    ...(cost ? { cost } : {}),
    preview: preview.map(({ username, text }) => ({ username, text })),
  };
}

export function channelsOf(channels: readonly ChannelChoice[]): Answer<typeof channelsAnswer> {
  return {
    channels: channels.map(({ name, reachesPeople, maxMessageLength, accounts }) => ({
      name,
      reachesPeople,
      longestMessage: maxMessageLength,
      accounts: accounts.map((one) => one.name),
    })),
  };
}

export function resultOf(row: ResultRow): Answer<typeof resultLine> {
  const { username, state, attempts, account, at, messageId, why, skipReason } = row;
  const reason = why === undefined ? skipReason : codeOf(why);
  return {
    username,
    state,
    attempts,
    ...(account === undefined ? {} : { account }),
    ...(at === undefined ? {} : { at: iso(at) }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(reason === undefined ? {} : { reason }),
  };
}

export function suppressedOf({ username, reason, at, note }: Suppression): Answer<typeof suppressedLine> {
  return { username, reason, at: iso(at), ...(note === undefined ? {} : { note }) };
}

export function eventOf(
  number: number,
  { type, timestamp, data }: HookEvent,
): Answer<typeof eventsAnswer>["events"][number] {
  return { number, type, timestamp, data };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
