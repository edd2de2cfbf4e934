/** An audience as a terminal shows it. */
import type { AudienceLook } from "../../app/audiences/audiences.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { conditionLines } from "../../words/condition-words.ts";
import { originText } from "../../words/list-origin.ts";
import { joinedNames } from "../../words/joined.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";

export function audienceLines({ audience, count }: AudienceLook, words: Words): readonly string[] {
  const { name, at } = audience;
  if (audience.kind === "list") {
    const origin = originText(audience.origin, words);
    return [words.plain("cli-audience-list", { name, count, moment: momentText(at, words), origin })];
  }
  return [
    words.plain("cli-audience-conditions", { name, count }),
    ...conditionLines(audience.conditions, words).map((line) =>
      words.plain("cli-audience-condition", { line: textOfHtml(line) }),
    ),
  ];
}

export function amongLine({ names }: Pick<AudienceLook, "names">, words: Words): string[] {
  return names.length === 0 ? [] : [words.plain("cli-audience-among", { names: joinedNames(names, words) })];
}
