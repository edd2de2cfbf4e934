/** What a campaign's card says of taking back and mending, and the buttons that steer it. */
import type { CampaignView } from "../../../app/app.ts";
import type { Words } from "../../../words/words.ts";
import { campaignChoice } from "../callback-data.ts";
import type { Button } from "../view.ts";

/** A line for what was mended and one for what is under way; what was taken back stands among the counts. */
export function amendedLines({ amended, amending }: CampaignView, words: Words): string[] {
  const { mended = 0 } = amended ?? {};
  return [
    ...(mended > 0 ? [words.say("card-mended", { count: mended })] : []),
    ...(amending ? [amendingLine(amending, words)] : []),
  ];
}

function amendingLine(
  { kind, status, count, done, kept, uncertain, why }: NonNullable<CampaignView["amending"]>,
  words: Words,
): string {
  const so = { done: done + uncertain, count, kept };
  if (status !== "paused") return words.say(`card-amending-${kind}`, so);
  const because = why === undefined ? "" : ` (${words.reason(why)})`;
  return words.say(`card-amending-${kind}-paused`, so) + because;
}

/** Pause or go on, and stop; none while nothing is under way. */
export function amendingButtons({ campaign: { id }, amending }: CampaignView, words: Words): Button[] {
  if (!amending) return [];
  const stop = {
    label: words.plain(`button-stop-${amending.kind}`),
    choice: campaignChoice("amendStop", id),
  };
  const verb = amending.status === "paused" ? ("amendResume" as const) : ("amendPause" as const);
  const steer = { label: words.plain(`button-${verb}-${amending.kind}`), choice: campaignChoice(verb, id) };
  return [steer, stop];
}
