import type { CampaignView } from "../../../app/app.ts";
import type { Deed } from "../../../domain/report/deeds.ts";
import { deedsOf } from "../../../domain/report/deeds.ts";
import { shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";

/** Says whom an id in a record means. */
export type NameOf = (by: string) => string;

/** The last ones are what somebody looks for. */
const MOST_DEEDS = 12;
const LONGEST_STATEMENT = 60;

type Of = Pick<CampaignView, "campaign" | "amendments">;

/** Who did what when, the oldest first. */
export function historyLines({ campaign, amendments }: Of, words: Words, nameOf: NameOf): string[] {
  const deeds = deedsOf(campaign, amendments);
  const earlier = deeds.length - MOST_DEEDS;
  const lines = deeds.slice(-MOST_DEEDS).map((deed) => lineOf(deed, words, nameOf));
  return earlier > 0 ? [words.say("history-earlier", { count: earlier }), ...lines] : lines;
}

function lineOf(deed: Deed, words: Words, nameOf: NameOf): string {
  const moment = words.moment(deed.at);
  if (deed.by === undefined) return words.say(`history-${deed.what}-itself`, { moment });
  const who = nameOf(deed.by);
  if (deed.what === "consented") {
    const text = shorten(deed.statement, LONGEST_STATEMENT);
    return words.say("history-consented", { moment, who, text });
  }
  if (deed.what === "changed")
    return words.say("history-changed", { moment, who, what: partsOf(deed.parts, words) });
  if (deed.what === "takeBack" || deed.what === "mend")
    return words.say(`history-${deed.what}`, { moment, who, count: deed.count });
  return words.say(`history-${deed.what}`, { moment, who });
}

/** What has no word of its own is one of the settings. */
const named: ReadonlySet<string> = new Set(["message", "names", "values", "accounts"]);

function partsOf(parts: readonly string[], words: Words): string {
  const ids = new Set(parts.map((part) => (named.has(part) ? part : "settings")));
  return [...ids].map((id) => words.plain(`changed-${id}`)).join(words.locale === "fa" ? "، " : ", ");
}
