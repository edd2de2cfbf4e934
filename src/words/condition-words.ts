/** Conditions on subscribers in words, a line a condition. */
import type { Conditions } from "../domain/people/audience.ts";
import type { PastMoment } from "../domain/when/moment/past-moment.ts";
import type { Words } from "./words.ts";

/** The kinds of conditions, in the order in which they are told and offered. */
export const conditionKinds = [
  "sources",
  "languages",
  "joinedSince",
  "got",
  "notGot",
  "answered",
  "notAnswered",
  "tags",
  "withoutTags",
] as const;
export type ConditionKind = (typeof conditionKinds)[number];

/** What somebody's language is called. @param code As `fa` */
export function languageName(code: string, { locale }: Pick<Words, "locale">): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code; // Telegram may know languages that this Node doesn't
  }
}

/** As Telegram HTML. */
export function conditionLines(conditions: Conditions, words: Words): readonly string[] {
  const lines = conditionKinds.flatMap((kind) => {
    if (kind === "joinedSince") {
      const { joinedSince } = conditions;
      return joinedSince === undefined
        ? []
        : [words.say("condition-joinedSince", { moment: words.date(joinedSince) })];
    }
    const values = conditions[kind];
    if (!values) return [];
    const shown = kind === "languages" ? values.map((one) => languageName(one, words)) : values;
    return [words.say(`condition-${kind}`, { names: words.codes(shown) })];
  });
  return lines.length > 0 ? lines : [words.say("condition-none")];
}

/** Why a day that is over can't be taken, as plain text. */
export function pastProblemText(
  { problem, text }: Extract<PastMoment, { kind: "problem" }>,
  words: Pick<Words, "plain">,
): string {
  return problem === "notUnderstood"
    ? words.plain("past-problem-notUnderstood", { text })
    : words.plain(`moment-problem-${problem}`, { text, moment: "" });
}
