/** Many recipients of whom nobody knows whether they got the message, decided on together after a look at their names. */
import type { UncertainCard } from "../../../app/app.ts";
import { shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { keyOf } from "../../campaign-key.ts";
import type { UncertainAllVerb } from "../callback-data.ts";
import { uncertainAllChoice } from "../callback-data.ts";
import type { Button, View } from "../view.ts";

/** Names shown in one look; Telegram takes 4096 characters, and nobody reads more. */
const MOST_NAMES = 50;

/** The key of these very people: who was added since the look is not decided on with them. */
export function keyOfAll(cards: readonly UncertainCard[]): string {
  return keyOf(
    cards
      .map(({ username }) => username)
      .toSorted()
      .join("\n"),
  );
}

interface Shown {
  readonly campaignId: string;
  readonly cards: readonly UncertainCard[];
  /** Name of the last one shown. */
  readonly last: string;
  /** How many come after it. */
  readonly more: number;
}

/** Under the cards: those that come next, and all at once. */
export function nextOrAll({ campaignId, cards, last, more }: Shown, words: Words): View {
  const next: Button = {
    label: words.plain("button-uncertain-next", { count: more }),
    choice: uncertainAllChoice("next", campaignId, keyOf(last)),
  };
  const all: Button = {
    label: words.plain("button-uncertain-all", { count: cards.length }),
    choice: uncertainAllChoice("look", campaignId, keyOfAll(cards)),
  };
  return { text: words.say("uncertain-rest", { count: more }), rows: [...(more > 0 ? [[next]] : []), [all]] };
}

/** The look before the decision. */
export function lookAtAll(
  campaignId: string,
  cards: readonly UncertainCard[],
  { words, now }: { readonly words: Words; readonly now: number },
): View {
  const names = cards.slice(0, MOST_NAMES).map(({ username }) => words.say("uncertain-name", { username }));
  const more = cards.length - names.length;
  const rest = more > 0 ? [words.say("uncertain-names-more", { count: more })] : [];
  const button = buttonsFor(campaignId, cards, { words, now });
  return {
    text: [
      words.say("uncertain-look", { id: shorten(campaignId, 64), count: cards.length }),
      ...names,
      ...rest,
    ].join("\n"),
    rows: [
      [button("allSent", "button-all-sent")],
      [button("askAllAgain", "button-all-again")],
      [button("allSkip", "button-all-skip")],
      [button("keep", "button-undecided")],
    ],
  };
}

/** The second question before messages are sent that may be the second ones. */
export function allAgainQuestion(
  campaignId: string,
  cards: readonly UncertainCard[],
  { words, now }: { readonly words: Words; readonly now: number },
): View {
  const button = buttonsFor(campaignId, cards, { words, now });
  return {
    text: words.say("confirm-all-again", { count: cards.length }),
    rows: [[button("allAgain", "button-confirm-all-again")], [button("keep", "button-undecided")]],
  };
}

function buttonsFor(
  campaignId: string,
  cards: readonly UncertainCard[],
  { words, now }: { readonly words: Words; readonly now: number },
) {
  const key = keyOfAll(cards);
  return (verb: UncertainAllVerb, id: string): Button => ({
    label: words.plain(id, { count: cards.length }),
    choice: uncertainAllChoice(verb, campaignId, key, now),
  });
}
