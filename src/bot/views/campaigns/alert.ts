/** What is said when a campaign has stopped: why, how far it is, until when, and the buttons that lead on. */
import type { CampaignView } from "../../../app/app.ts";
import type { Stop } from "../../../domain/alerts/stop.ts";
import { stillSent } from "../../../domain/report/outcomes.ts";
import { pauseSentence } from "../../../words/pause-sentence.ts";
import type { Words } from "../../../words/words.ts";
import { campaignChoice } from "../callback-data.ts";
import type { View } from "../view.ts";
import type { NameOf } from "./campaign-history.ts";
import { wayOnRows } from "./way-on.ts";

interface Alert {
  readonly view: CampaignView;
  readonly stop: Stop;
  /** Which time it is told, from 1. */
  readonly times: number;
  /** It was about to be told when Peyk was killed. */
  readonly mayBeKnown: boolean;
}

export function alertView({ view, stop, times, mayBeKnown }: Alert, words: Words, nameOf: NameOf): View {
  const { id } = view.campaign;
  const lines = [
    headline(view, stop, { words, nameOf, times }),
    stop.ends.by === "theirs" ? undefined : pauseSentence(view, words),
    numbers(view, words),
    mayBeKnown ? words.say("alert-may-be-known") : undefined,
  ];
  const show = { label: words.plain("button-show-campaign"), choice: campaignChoice("open", id) };
  return {
    text: lines.filter((line) => line !== undefined).join("\n"),
    rows: wayOnRows(view.campaign, words, show),
  };
}

function headline(
  { campaign: { id } }: CampaignView,
  { ends, since }: Stop,
  { words, nameOf, times }: { readonly words: Words; readonly nameOf: NameOf; readonly times: number },
): string {
  if (ends.by === "theirs") return words.say("alert-paused-by", { id, who: nameOf(ends.who ?? "") });
  if (times > 1) return words.say("alert-still", { id, moment: words.moment(since) });
  return words.say(ends.by === "person" ? "alert-stopped" : "alert-waits", { id });
}

function numbers(view: CampaignView, words: Words): string {
  const { planned, claimed, failed, uncertain } = view.counts;
  const told = { sent: stillSent(view), total: view.imported, left: planned + claimed };
  return [
    words.say("alert-numbers", told),
    ...(failed > 0 ? [words.say("alert-failed", { count: failed })] : []),
    ...(uncertain > 0 ? [words.say("alert-uncertain", { count: uncertain })] : []),
  ].join(" ");
}
