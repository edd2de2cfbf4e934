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

/**
 * By RFC 4647, both ways: the very one; else the one that is left when the person's tag is shortened from its end (section 3.4,
 * lookup: `zh-hant-tw` gets `zh-hant`, else `zh`); else the first that says more than the person's tag does (section 3.3.1,
 * basic filtering: `fa` gets `fa-ir`). Nobody gets the text of another country or script than their own: that would be a guess.
 */
function among(languages: readonly string[], spoken: string): string | undefined {
  const tag = spoken.toLowerCase().replaceAll("_", "-");
  const shortened = shorterTags(tag).find((one) => languages.includes(one));
  return shortened ?? languages.find((one) => one.startsWith(`${tag}-`));
}

/** The tag, and what is left of it each time its end is cut off; a single letter goes with what stood behind it. */
function shorterTags(tag: string): readonly string[] {
  const parts = tag.split("-");
  return parts.flatMap((_, cut) => {
    const left = parts.slice(0, parts.length - cut);
    return left.length > 1 && left.at(-1)?.length === 1 ? [] : [left.join("-")];
  });
}
