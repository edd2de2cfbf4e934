/** A message with its texts in other languages, and the one among them that somebody gets. Pure. */
import { isCaption, takesCaption } from "../copied-content.ts";
import type { CopiedContent } from "../copied-content.ts";

/** What a text has beside it; `A` is what a file is given by. */
interface Beside<A> {
  readonly format?: "html";
  readonly attachment?: A;
  readonly copy?: CopiedContent;
  readonly buttons?: readonly { readonly label: string; readonly url: string }[];
}

/** A text for whoever speaks that language, with what goes with it. */
export interface Translation<E> {
  /** A tag; see language-tag.ts. */
  readonly language: string;
  readonly message: string;
  readonly extras?: E;
}

interface Extras<A> extends Beside<A> {
  readonly translations?: readonly Translation<Beside<A>>[];
}

interface Texts<A> {
  readonly message: string;
  readonly extras?: Extras<A>;
}

/** Languages that a message has a text in, beside the main one. */
export function languagesOf({
  translations = [],
}: { readonly translations?: readonly { readonly language: string }[] } = {}): readonly string[] {
  return translations.map(({ language }) => language);
}

/**
 * The text in a language, or the main one. A text alone goes with the main text's file, or under what is copied for it, and with
 * its links; one that brings a file or a copy of its own goes with that.
 */
export function textIn<A>(
  { message, extras }: Texts<A>,
  language: string | undefined,
): { readonly message: string; readonly extras?: Beside<A> } {
  if (!extras) return { message };
  const { translations = [], ...main } = extras;
  const found = translations.find((one) => one.language === language);
  if (!found) return Object.keys(main).length > 0 ? { message, extras: main } : { message };
  const all = { ...sharedWith(found.extras, main), ...found.extras };
  return Object.keys(all).length > 0 ? { message: found.message, extras: all } : { message: found.message };
}

function sharedWith<A>(own: Beside<A> = {}, { attachment, copy, buttons }: Beside<A>): Beside<A> {
  const links = buttons && own.copy?.kind !== "album" ? { buttons } : {};
  if (isCaption(own)) return links;
  return {
    ...links,
    ...(attachment ? { attachment } : {}),
    ...(copy && takesCaption(copy) ? { copy } : {}),
  };
}

/** Texts that are given take the place of those in the same language; the others stay. */
export function withTranslations<A>(
  had: readonly Translation<A>[],
  given: readonly Translation<A>[],
): readonly Translation<A>[] {
  const kept = had.map((one) => given.find(({ language }) => language === one.language) ?? one);
  return [...kept, ...given.filter(({ language }) => had.every((one) => one.language !== language))];
}

/** The same for all that a message has beside its text. */
export function withTexts<A>(
  extras: Extras<A> | undefined,
  given: readonly Translation<Beside<A>>[] = [],
): Extras<A> | undefined {
  if (given.length === 0) return extras;
  return { ...extras, translations: withTranslations(extras?.translations ?? [], given) };
}
