/** An audience as a terminal shows it. */
import type { AudienceLook } from "../../app/audiences/audiences.ts";
import { originText } from "../../words/list-origin.ts";
import { joinedNames } from "../../words/joined.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";

export function audienceLine({ audience, count }: AudienceLook, words: Words): string {
  const { name, at } = audience;
  const origin = audience.kind === "list" ? originText(audience.origin, words) : "";
  return words.plain("cli-audience-list", { name, count, moment: momentText(at, words), origin });
}

export function amongLine({ names }: Pick<AudienceLook, "names">, words: Words): string[] {
  return names.length === 0 ? [] : [words.plain("cli-audience-among", { names: joinedNames(names, words) })];
}
