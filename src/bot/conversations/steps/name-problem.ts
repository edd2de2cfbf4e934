import type { CampaignIdProblem } from "../../../app/campaigns/campaign-id.ts";
import type { Markup } from "../../../words/markup.ts";
import { code } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";

const LONGEST = 64;

/** Says what keeps a text from being a task id, as exactly as it can; undefined when nothing does. */
export function nameProblem(text: string): ((words: Words) => string) | undefined {
  const { length } = text;
  if (length === 0) return (words) => words.say("name-empty");
  const wrong = [...new Set(text.match(/[^A-Za-z0-9_.-]/gu) ?? [])];
  if (wrong.length > 0) return (words) => words.say("name-bad-characters", { found: foundRow(wrong, words) });
  if (length > LONGEST) return (words) => words.say("name-too-long", { length });
  if (!/^[A-Za-z0-9]/.test(text)) return (words) => words.say("name-bad-start", { found: text.charAt(0) });
  return text.includes("..") ? (words) => words.say("name-dots") : undefined;
}

/** Says why a task id of the right form names no campaign that could be here. */
export function idProblem(problem: CampaignIdProblem, id: string): (words: Words) => string {
  return (words) => words.say(`name-${problem}`, { id });
}

const MOST_SHOWN = 5;

function foundRow(wrong: readonly string[], words: Words): Markup {
  const shown = wrong
    .slice(0, MOST_SHOWN)
    .map((one) => (/\s/u.test(one) ? words.say("name-space") : code(one)));
  return { html: [...new Set(shown)].join(words.locale === "fa" ? "، " : ", ") };
}
