/** The buttons by which a paused campaign goes on: Resume, and where it waits for a word also the smaller step. */
import { lacksApproval } from "../../../domain/approval.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { keyOf } from "../../campaign-key.ts";
import { raisedCap } from "../../../domain/settings/spending.ts";
import type { Words } from "../../../words/words.ts";
import { campaignChoice } from "../callback-data.ts";
import type { Button } from "../view.ts";

/** @param beside The button that stands in the last row of them */
export function wayOnRows(campaign: Campaign, words: Words, beside: Button): Button[][] {
  const { id, pause, tryFirst, spendCap } = campaign;
  if (pause?.kind === "approval" && lacksApproval(campaign)) return [[beside]];
  const resume = (label: string): Button[] => [{ label, choice: campaignChoice("resume", id) }];
  const more = (label: string): Button[] => [{ label, choice: campaignChoice("more", id) }];
  if (pause?.kind === "triedFirst" && tryFirst) {
    const again = words.plain("button-more-first", { count: tryFirst.count });
    return [resume(words.plain("button-go-on-all")), [...more(again), beside]];
  }
  // Raised meanwhile, it goes on up to what it was raised to.
  if (pause?.kind === "spendCap" && spendCap === pause.cap) {
    const other = { label: words.plain("button-other-spend"), choice: `go:change-spendCap-${keyOf(id)}` };
    return [more(words.plain("button-more-spend", { cap: raisedCap(spendCap) })), [other, beside]];
  }
  return [[...resume(words.plain("button-resume")), beside]];
}
