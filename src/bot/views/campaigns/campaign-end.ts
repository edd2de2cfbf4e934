/** What is said when a campaign ends, and after a restart. */
import type { CampaignView } from "../../../app/app.ts";
import { stillSent } from "../../../domain/report/outcomes.ts";
import type { Words } from "../../../words/words.ts";
import { countLines } from "./campaign-card.ts";
import { uncertainButton } from "./uncertain-button.ts";
import type { View } from "../view.ts";

/**
 * The summary of a campaign that has ended; undefined while it has not.
 * @param link Where people press Start on the bot, for those who never did
 */
export function summaryView(view: CampaignView, words: Words, link?: string): View | undefined {
  const { id, status, createdAt, schedule, finishedAt } = view.campaign;
  const begunAt = Math.max(createdAt, schedule?.at ?? createdAt);
  if (status !== "finished" && status !== "cancelled") return undefined;
  const time = finishedAt === undefined ? [] : [timeLine(Math.max(0, finishedAt - begunAt), words)];
  const head = [
    words.say(`summary-${status}`, { id }),
    words.say(view.sentAgain ? "summary-sent-again" : "summary-sent", {
      sent: stillSent(view),
      total: view.imported,
    }),
    ...againLines(view, words),
    ...time,
  ];
  const counts = [...countLines(view, words), ...neverStarted(view, words, link)].join("\n");
  const text = `${head.join("\n")}\n\n${counts}`;
  return view.counts.uncertain === 0
    ? { text }
    : { text, rows: [[uncertainButton(id, view.counts.uncertain, words)]] };
}

/** "To no one twice" is said only where it is known. */
function againLines({ sentAgain = 0 }: CampaignView, words: Words): string[] {
  return sentAgain > 0 ? [words.say("sent-again", { count: sentAgain })] : [];
}

/** Through Telegram nobody is missing: they have not pressed Start yet, and that can be mended. */
function neverStarted({ campaign, counts }: CampaignView, words: Words, link: string | undefined): string[] {
  if (campaign.channel !== "telegram" || counts.notFound === 0) return [];
  const invitation = link === undefined ? [] : [words.say("summary-start-link", { link })];
  return ["", words.say("summary-never-started"), ...invitation];
}

function timeLine(ms: number, words: Words): string {
  return words.say("summary-time", { duration: words.duration(ms) });
}

/** Says that a campaign outlived a restart; undefined when there is nothing left of it to go on. */
export function restartView(view: CampaignView, words: Words): View | undefined {
  const { id, status } = view.campaign;
  if (status === "finished" || status === "cancelled") return undefined;
  const { uncertain: count } = view.counts;
  const sent = stillSent(view);
  const goesOn = [
    words.say(restartSentence(view), { id, sent, total: view.imported }),
    ...againLines(view, words),
  ].join(" ");
  if (count === 0) return { text: goesOn };
  const text = `${goesOn} ${words.say("restarted-uncertain", { count })}`;
  return { text, rows: [[uncertainButton(id, count, words)]] };
}

function restartSentence({ campaign, sentAgain }: CampaignView): string {
  if (campaign.status === "paused") return sentAgain ? "restarted-paused-again" : "restarted-paused";
  return sentAgain ? "restarted-again" : "restarted";
}
