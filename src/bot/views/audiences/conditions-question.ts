/** The questions by which subscribers are chosen: all conditions with who meets them, and what one of them can be. */
import type { ConditionChoices, Counted, Meant } from "../../../app/audiences/audiences.ts";
import type { Conditions } from "../../../domain/people/audience.ts";
import type { ConditionKind } from "../../../words/condition-words.ts";
import { conditionLines, languageName } from "../../../words/condition-words.ts";
import { shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { Button, View } from "../view.ts";

/** Values on one screen. */
const MOST_VALUES = 20;
const LONGEST_LABEL = 24;

/** The kinds whose values are tapped, any number of them. */
export type TappedKind = Exclude<ConditionKind, "joinedSince">;

const ROWS: readonly (readonly ConditionKind[])[] = [
  ["sources"],
  ["languages", "joinedSince"],
  ["got"],
  ["notGot"],
  ["answered", "notAnswered"],
  ["tags", "withoutTags"],
];

export function conditionsQuestion(conditions: Conditions, meant: Meant, words: Words): View {
  const { count, names } = meant;
  return {
    text: [
      words.say("audience-ask", { count }),
      ...conditionLines(conditions, words),
      ...(names.length > 0 ? ["", words.say("audience-among", { names: words.codes(names) })] : []),
    ].join("\n"),
    rows: [
      ...ROWS.map((row) =>
        row.map((kind): Button => ({ label: words.plain(`button-condition-${kind}`), choice: `by=${kind}` })),
      ),
      Object.keys(conditions).length > 0
        ? [{ label: words.plain("button-conditions-keep"), choice: "name" }]
        : [],
      [{ label: words.plain("button-cancel"), choice: "cancel" }],
    ],
  };
}

/** What the values of a kind can be now. */
export function valuesOf(kind: TappedKind, choices: ConditionChoices): readonly Counted[] {
  switch (kind) {
    case "sources":
      return choices.sources.slice(0, MOST_VALUES);
    case "languages":
      return choices.languages.slice(0, MOST_VALUES);
    case "tags":
    case "withoutTags":
      return choices.tags.slice(0, MOST_VALUES);
    case "got":
    case "notGot":
    case "answered":
    case "notAnswered":
      return choices.campaigns.slice(0, MOST_VALUES).map((value) => ({ value, count: 0 }));
  }
}

const CAMPAIGN_KINDS: ReadonlySet<TappedKind> = new Set(["got", "notGot", "answered", "notAnswered"]);

interface Asked {
  readonly kind: TappedKind;
  readonly values: readonly Counted[];
  readonly chosen: readonly string[];
}

export function valuesQuestion({ kind, values, chosen }: Asked, words: Words): View {
  const isCampaign = CAMPAIGN_KINDS.has(kind);
  return {
    text: words.say(isCampaign ? "audience-ask-campaign" : "audience-ask-values"),
    rows: [
      ...values.map(({ value, count }, at): Button[] => {
        const name = shorten(kind === "languages" ? languageName(value, words) : value, LONGEST_LABEL);
        return [
          {
            label: labelOf({ name, count, isCampaign, has: chosen.includes(value) }, words),
            choice: `v=${at}`,
          },
        ];
      }),
      [{ label: words.plain("button-condition-done"), choice: "done" }],
    ],
  };
}

interface Value {
  readonly name: string;
  readonly count: number;
  readonly isCampaign: boolean;
  readonly has: boolean;
}

function labelOf({ name, count, isCampaign, has }: Value, words: Words): string {
  if (isCampaign) return words.plain(has ? "button-tag-on" : "button-tag-off", { tag: name });
  return words.plain(has ? "button-condition-chosen" : "button-condition-value", { name, count });
}
