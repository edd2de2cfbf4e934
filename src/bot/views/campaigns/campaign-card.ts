/** How one campaign stands, as the live message shows it. Its counts add up to the list, and its buttons fit its status. */
import type { CampaignView } from "../../../app/app.ts";
import { settledTotal } from "../../../domain/recipient.ts";
import { awaitsStart } from "../../../domain/when/schedule.ts";
import { keyOf } from "../../campaign-key.ts";
import type { OutcomeState } from "../../../domain/report/outcomes.ts";
import { outcomesOf } from "../../../domain/report/outcomes.ts";
import type { Words } from "../../../words/words.ts";
import { amendedLines, amendingButtons } from "./amended.ts";
import { historyChoice } from "../history/history-page.ts";
import { approvalLines, approvalRows } from "../approval/approval.ts";
import { approvedInShort } from "../approval/approved-sheet.ts";
import { campaignChoice, changeChoice } from "../callback-data.ts";
import type { CampaignVerb } from "../callback-data.ts";
import {
  answeredLines,
  behindLines,
  spentLines,
  errorLine,
  followUpLines,
  paceLines,
  restingLines,
  startLine,
} from "../../../words/campaign-lines.ts";
import { awaitedDailyLimit, pauseSentence } from "../../../words/pause-sentence.ts";
import { percentDone, progressBar } from "../../../words/progress-bar.ts";
import type { Button, View } from "../view.ts";
import { uncertainButton } from "./uncertain-button.ts";
import { wayOnRows } from "./way-on.ts";

const statesInOrder = [
  "sent",
  "takenBack",
  "notFound",
  "refused",
  "failed",
  "uncertain",
  "skipped",
  "claimed",
  "planned",
] as const satisfies readonly OutcomeState[];

/** Shown even when they are zero. */
const alwaysShown: readonly OutcomeState[] = ["sent"];

/** The live message of a campaign. */
export function campaignCard(view: CampaignView, words: Words, now: number): View {
  const { campaign } = view;
  const paragraphs = [
    [
      words.say(`card-${campaign.status}`, { id: campaign.id }),
      standingLine(view, words),
      campaign.standing ? undefined : barLine(view, words),
      startLine(view, words, now),
      pauseSentence(view, words),
      ...approvalLines(campaign, words),
    ],
    approvedInShort(view, words),
    [...countLines(view, words), ...answeredLines(view, words), ...amendedLines(view, words)],
    [
      ...followUpLines(view, words),
      ...behindLines(view, words),
      ...paceLines(view, words, now),
      ...restingLines(view, words),
      ...spentLines(view, words),
      errorLine(view, words),
    ],
  ];
  const text = paragraphs
    .map((lines) => lines.filter((line) => line !== undefined).join("\n"))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
  return { text, rows: [...approvalRows(campaign, words), ...cardButtons(view, words)] };
}

/** One line for each state with anybody in it, and the total they add up to. */
export function countLines(
  { counts, imported, amended }: Pick<CampaignView, "counts" | "imported" | "amended">,
  words: Words,
): string[] {
  const outcomes = outcomesOf(counts, amended?.takenBack);
  const lines = statesInOrder
    .filter((state) => outcomes[state] > 0 || alwaysShown.includes(state))
    .map((state) => words.say(`card-${state}`, { count: outcomes[state] }));
  return [...lines, words.say("card-total", { count: imported })];
}

function standingLine({ campaign: { standing } }: CampaignView, words: Words): string | undefined {
  return standing && words.say(standing.isOff ? "card-standing-off" : "card-standing-on");
}

function barLine(view: CampaignView, words: Words): string {
  const done = settledTotal(view.counts);
  const percent = percentDone(done, view.imported);
  return words.say("card-bar", { bar: progressBar(done, view.imported), percent });
}

/** What can be done about a start that is to come, or did not. */
function startRows(id: string, words: Words): Button[][] {
  return [
    [{ label: words.plain("button-start-now"), choice: campaignChoice("startNow", id) }],
    [{ label: words.plain("button-move-start"), choice: `go:change-start-${keyOf(id)}` }],
  ];
}

function cardButtons(view: CampaignView, words: Words): Button[][] {
  const { campaign, counts, amends } = view;
  const button = (verb: CampaignVerb, label: string): Button => ({
    label,
    choice: campaignChoice(verb, campaign.id),
  });
  const cancel = button("askCancel", words.plain("button-cancel-campaign"));
  const look = [
    button("report", words.plain("button-report")),
    button("details", words.plain("button-details")),
    {
      label: words.plain("button-history"),
      choice: historyChoice({ kind: "campaign", id: campaign.id }, 0),
    },
  ];
  const uncertain = uncertainButton(campaign.id, counts.uncertain, words);
  const retry = button("retry", words.plain("button-retry", { count: counts.failed }));
  const change = button("change", words.plain("button-change"));
  const first = view.canGoFirst ? [button("first", words.plain("button-first"))] : [];
  const again = [button("again", words.plain("button-again"))];
  const canAmend = amends && counts.sent > 0 ? [[change]] : [];
  const extras = [
    amendingButtons(view, words),
    ...(counts.uncertain > 0 ? [[uncertain]] : []),
    ...(counts.failed > 0 ? [[retry]] : []),
    ...endFollowRows(view, words),
  ];
  switch (campaign.status) {
    case "scheduled":
      return [...startRows(campaign.id, words), [cancel], [change], look];
    case "running":
      return [[button("pause", words.plain("button-pause")), cancel], ...extras, [change, ...first], look];
    case "paused":
      if (awaitsStart(campaign)) return [...startRows(campaign.id, words), [cancel], [change], look];
      return [
        ...wayOnRows(campaign, words, cancel),
        ...raiseRow(view, words),
        ...extras,
        [change, ...first],
        look,
      ];
    case "finished":
      return [...extras, ...canAmend, again, look, [button("askCleanup", words.plain("button-cleanup"))]];
    case "cancelled":
      return [...extras.slice(0, counts.uncertain > 0 ? 2 : 1), ...canAmend, again, look];
  }
}

/** As long as somebody may still be followed up. */
function endFollowRows(
  { campaign: { id, followUps, followUpsCancelled } }: CampaignView,
  words: Words,
): Button[][] {
  if (!followUps || followUpsCancelled) return [];
  return [[{ label: words.plain("button-end-follow"), choice: campaignChoice("askEndFollow", id) }]];
}

/** Where nothing but the daily limit keeps it, raising that is one press away. */
function raiseRow(view: CampaignView, words: Words): Button[][] {
  if (awaitedDailyLimit(view) === undefined) return [];
  return [[{ label: words.plain("button-raise-limit"), choice: changeChoice("limit", view.campaign.id) }]];
}
