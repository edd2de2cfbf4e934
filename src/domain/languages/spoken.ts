/** Which of a campaign's languages somebody is written to in. Pure: decided in the claim, and told beforehand by the same rule. */
import type { KnownPerson, Variables } from "../recipient.ts";
import { languageMeant } from "./language-tag.ts";

/** Headers of a column of languages, as lists have them. */
const HEADER = /^(?:language|languages?[ _-]?code|lang|locale|زبان)$/i;

/**
 * The language of the campaign's texts that this person gets: by their own choice, else by the list's column of languages, else by
 * their app. The first of them that is known decides.
 * @returns Undefined: the main text
 */
export function textLanguage(
  languages: readonly string[],
  variables: Variables,
  person: Pick<KnownPerson, "spoken"> | undefined,
): string | undefined {
  const spoken = person?.spoken?.chosen ?? inColumn(variables) ?? person?.spoken?.app;
  return spoken === undefined ? undefined : among(languages, spoken);
}

/** The column's, where there is one and the cell says a language. */
function inColumn(variables: Variables): string | undefined {
  const column = Object.keys(variables).find((name) => HEADER.test(name.trim()));
  return column === undefined ? undefined : languageMeant(variables[column] ?? "");
}

/** The very one, or the language without its country. */
function among(languages: readonly string[], spoken: string): string | undefined {
  const tag = spoken.toLowerCase();
  if (languages.includes(tag)) return tag;
  const [bare = tag] = tag.split("-");
  return languages.includes(bare) ? bare : undefined;
}
