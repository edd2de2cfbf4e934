/** What is said of a campaign wherever it is shown, as Telegram HTML. */
import type { CampaignView } from "../app/app.ts";
import { accountLines } from "./pause-sentence.ts";
import { fullMoment } from "./when-words.ts";
import type { Words } from "./words.ts";

/** Says how fast a running campaign goes and until when. @param now ms since the epoch */
export function paceLines(view: CampaignView, words: Words, now: number): string[] {
  if (view.campaign.status !== "running") return [];
  const perMinute = view.ratePerSecond * 60;
  const rate = perMinute < 10 ? Math.round(perMinute * 10) / 10 : Math.round(perMinute);
  const lines = rate > 0 ? [words.say("card-rate", { rate })] : [];
  if (view.finishesAt === undefined || view.finishesAt <= now) return lines;
  const left = words.duration(view.finishesAt - now);
  return [...lines, words.say("card-left", { left, moment: words.moment(view.finishesAt) })];
}

/** Says how many answered, where anybody did. */
export function answeredLines({ answered = 0 }: Pick<CampaignView, "answered">, words: Words): string[] {
  return answered === 0 ? [] : [words.say("card-answered", { count: answered })];
}

/** Says who is to be written to once more, and what follows up what. */
export function followUpLines({ campaign }: Pick<CampaignView, "campaign">, words: Words): string[] {
  const { followUps: [next] = [], followUpsCancelled, followsUp } = campaign;
  return [
    ...(followsUp ? [words.say("card-follows-up", { id: followsUp.campaignId })] : []),
    ...(next && followUpsCancelled ? [words.say("card-follow-up-cancelled")] : []),
    ...(next && !followUpsCancelled ? [words.say("card-follow-up", { count: next.afterDays })] : []),
  ];
}

/** Says what it cost so far, where the platform charges. */
export function spentLines({ spent, campaign }: CampaignView, words: Words): string[] {
  if (!spent) return [];
  const { spendCap } = campaign;
  const said = { spent: spent.dollars, priced: spent.asOf };
  return spendCap === undefined
    ? [words.say("card-spent", said)]
    : [words.say("card-spent-of", { ...said, cap: spendCap })];
}

/** Says which campaigns go first through the accounts that it shares with them. */
export function behindLines({ behind = [] }: CampaignView, words: Words): string[] {
  return behind.length === 0 ? [] : [words.say("card-behind", { ids: words.codes(behind) })];
}

/** Says when a campaign that is scheduled starts; undefined for any other. @param now ms since the epoch */
export function startLine({ campaign: { status, schedule } }: CampaignView, words: Words, now: number) {
  if (status !== "scheduled" || !schedule) return undefined;
  const moment = fullMoment(schedule.at, schedule.timeZone, words);
  return words.say("card-starts", { moment, left: words.duration(Math.max(0, schedule.at - now)) });
}

/** Says which accounts can't send; a pause because of the accounts says that itself. */
export function restingLines({ campaign, resting }: CampaignView, words: Words): string[] {
  const { status, pause } = campaign;
  if (status === "finished" || status === "cancelled" || pause?.kind === "noAccount") return [];
  return accountLines(
    resting.map(({ account, ...wait }) => ({ name: account, ...wait })),
    words,
  );
}

/** Says what went wrong last; undefined when nothing did, or when it is over and everybody's state says what came of it. */
export function errorLine({ lastError, campaign }: CampaignView, words: Words): string | undefined {
  if (!lastError || campaign.status === "finished" || campaign.status === "cancelled") return undefined;
  const variables = { moment: words.moment(lastError.at), why: words.reason(lastError.why) };
  return lastError.username === undefined
    ? words.say("card-error", variables)
    : words.say("card-error-name", { ...variables, username: lastError.username });
}

/** What is said of a campaign whose record can't be read. */
export function unreadableLine(id: string, words: Words): string {
  return words.say("campaign-unreadable", { id, command: "peyk doctor" });
}
