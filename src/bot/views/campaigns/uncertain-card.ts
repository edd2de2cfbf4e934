/** Recipients of whom nobody knows whether they got the message, each with what can be decided. */
import type { UncertainCard } from "../../../app/app.ts";
import type { Words } from "../../../words/words.ts";
import { uncertainChoice } from "../callback-data.ts";
import type { Button, View } from "../view.ts";

/** One uncertain recipient. Sending again is asked once more, because it could double the message. */
export function uncertainCard(campaignId: string, card: UncertainCard, words: Words): View {
  const { username, account, claimedAt, canCheck } = card;
  const button = (verb: "check" | "sent" | "askAgain" | "skip", id: string): Button => ({
    label: words.plain(id),
    choice: uncertainChoice(verb, campaignId, username),
  });
  const check = canCheck ? [button("check", "button-check")] : [];
  return {
    text: words.say("uncertain-card", { username, account, moment: words.moment(claimedAt) }),
    rows: [
      [...check, button("sent", "button-count-sent")],
      [button("askAgain", "button-send-again"), button("skip", "button-skip")],
    ],
  };
}

/** The second question before a message is sent that may be the second one. */
export function againQuestion(campaignId: string, username: string, now: number, words: Words): View {
  return {
    text: words.say("confirm-again", { username }),
    rows: [
      [
        {
          label: words.plain("button-confirm-again"),
          choice: uncertainChoice("again", campaignId, username, now),
        },
      ],
      [{ label: words.plain("button-count-sent"), choice: uncertainChoice("sent", campaignId, username) }],
      [{ label: words.plain("button-skip"), choice: uncertainChoice("skip", campaignId, username) }],
      [
        {
          label: words.plain("button-undecided"),
          choice: uncertainChoice("undecided", campaignId, username),
        },
      ],
    ],
  };
}
