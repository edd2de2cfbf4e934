import type { CampaignView } from "../app/app.ts";
import { settledTotal } from "../domain/recipient.ts";
import type { OutcomeState } from "../domain/report/outcomes.ts";
import { outcomesOf } from "../domain/report/outcomes.ts";
import { errorLine, paceLines, restingLines, startLine, unreadableLine } from "../words/campaign-lines.ts";
import { channelName } from "../words/channel-name.ts";
import { pauseSentence } from "../words/pause-sentence.ts";
import { percentDone } from "../words/progress-bar.ts";
import { outcomeText } from "../words/report-picture.ts";
import type { Words } from "../words/words.ts";
import { campaignChart } from "./campaign-chart.ts";
import type { CampaignFigures, Figures } from "./figures.ts";
import type { Card, Section, Tone } from "./view.ts";
import { linesOf } from "./view.ts";

/** What is over comes first and what is still to do last, so that the bar fills up from where it begins. */
const statesInOrder = [
  "sent",
  "takenBack",
  "skipped",
  "notFound",
  "refused",
  "failed",
  "uncertain",
  "claimed",
  "planned",
] as const satisfies readonly OutcomeState[];

const tones = {
  scheduled: "calm",
  running: "busy",
  paused: "warn",
  finished: "good",
  cancelled: "calm",
} as const satisfies Record<string, Tone>;

/** How the campaigns stand; the counts of each add up to its list. */
export function campaignsSection({ campaigns, unreadable, older, at }: Figures, words: Words): Section {
  return {
    key: "campaigns",
    title: words.plain("monitor-campaigns"),
    note: words.plain("monitor-campaigns-note"),
    ...(campaigns.length + unreadable.length === 0 ? { empty: words.plain("monitor-no-campaign") } : {}),
    cards: [
      ...unreadable.map((id) => unreadableCard(id, words)),
      ...campaigns.map((view) => campaignCard(view, words, at)),
    ],
    ...(older > 0 ? { foot: words.plain("monitor-older", { count: older }) } : {}),
  };
}

function unreadableCard(id: string, words: Words): Card {
  const badge = { text: words.plain("monitor-unreadable"), tone: "warn" } as const;
  return { key: id, name: id, badge, lines: linesOf([unreadableLine(id, words)]) };
}

function campaignCard(view: CampaignFigures, words: Words, now: number): Card {
  const { campaign, counts, imported, amended } = view;
  const outcomes = outcomesOf(counts, amended?.takenBack);
  // Of a cancelled campaign everybody is settled; what tells how far it came is who got the message.
  const isCut = campaign.status === "cancelled";
  const chart = campaignChart({ view, deliveries: view.deliveries }, words);
  const done = isCut ? outcomes.sent : settledTotal(counts);
  return {
    key: campaign.id,
    name: campaign.id,
    badge: { text: words.plain(`status-${campaign.status}`), tone: tones[campaign.status] },
    note: words.plain("monitor-through", { channel: channelName(campaign.channel, words) }),
    progress: {
      text: words.plain(isCut ? "monitor-sent-of" : "monitor-done", { count: done, total: imported }),
      percent: words.plain("monitor-percent", { percent: percentDone(done, imported) }),
      stretches: shownOf(outcomes).map((state) => ({
        state,
        count: outcomes[state],
        label: outcomeText(state, words),
        value: words.plain("monitor-number", { count: outcomes[state] }),
      })),
    },
    ...(chart ? { chart } : {}),
    lines: linesOf([
      startLine(view, words, now),
      pauseSentence(view, words),
      uncertainLine(view, words, now),
      ...paceLines(view, words, now),
      ...restingLines(view, words),
      errorLine(view, words),
    ]),
  };
}

/** Most campaigns take nothing back. */
function shownOf({ takenBack }: Readonly<Record<OutcomeState, number>>): readonly OutcomeState[] {
  return statesInOrder.filter((state) => state !== "takenBack" || takenBack > 0);
}

function uncertainLine({ counts, oldestUncertainAt }: CampaignView, words: Words, now: number) {
  if (counts.uncertain === 0 || oldestUncertainAt === undefined) return undefined;
  const duration = words.duration(Math.max(0, now - oldestUncertainAt));
  return words.say("monitor-uncertain", { count: counts.uncertain, duration });
}
