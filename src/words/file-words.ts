/** The words of the files that an operator is given. Cells hold Latin digits and no marks, so that a program can sort them. */
import type { RejectedWords } from "../app/lists/list-report.ts";
import type { LeadWords } from "../app/leads/leads.ts";
import type { ResultWords } from "../app/campaigns/results-file.ts";
import { isErased } from "../domain/people/erased.ts";
import { bareReason } from "./reason-text.ts";
import type { Words } from "./words.ts";

/** Of the file with what became of every recipient. */
export function resultWords(words: Words): ResultWords {
  return {
    sheet: { name: words.plain("sheet-results"), isRightToLeft: words.locale === "fa" },
    headings: [
      words.plain("heading-username"),
      words.plain("heading-state"),
      words.plain("heading-account"),
      words.plain("heading-time"),
      words.plain("heading-attempts"),
      words.plain("heading-message-id"),
      words.plain("heading-reason"),
      words.plain("heading-reason-code"),
      words.plain("heading-revision"),
      words.plain("heading-added"),
      words.plain("heading-answered"),
      words.plain("heading-language"),
    ],
    name: (username) => (isErased(username) ? words.plain("results-erased") : username),
    state: (state, skipReason) =>
      words.plain(state === "skipped" && skipReason ? `skip-${skipReason}` : `state-${state}`),
    time: (at) => words.timestamp(at),
    reason: (why) => bareReason(why, words),
  };
}

/** Of the file with the people or posts of a list of leads. */
export function leadWords(words: Words): LeadWords {
  return {
    sheet: { name: words.plain("sheet-leads"), isRightToLeft: words.locale === "fa" },
    headings: [
      words.plain("heading-username"),
      words.plain("heading-display-name"),
      words.plain("heading-id"),
      words.plain("heading-platform"),
      words.plain("heading-source"),
      words.plain("heading-found"),
    ],
    time: (at) => words.timestamp(at),
  };
}

/** Of the file with the rows that name nobody. */
export function rejectedWords(words: Words): RejectedWords {
  return {
    headings: [words.plain("heading-line"), words.plain("heading-text"), words.plain("heading-why-not")],
    reason: (reason) => words.plain(`invalid-${reason}`),
  };
}
