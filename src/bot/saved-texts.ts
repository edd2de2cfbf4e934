/**
 * Messages that operators saved under a name, to be used again: shared by all of them, on disk when a deed resolves. Text,
 * format and buttons are kept; a file is not. Two who save at once are judged one after the other.
 */
import type { DraftExtras } from "../app/drafts/draft.ts";
import { givenName } from "../domain/people/audience.ts";
import type { Clock } from "../lib/clock.ts";
import { byKey, keyOf } from "./campaign-key.ts";
import type { Document, SavedText, StoredTexts } from "./documents.ts";

/** So many have room on one screen of buttons. */
export const MOST_TEXTS = 40;

interface Saving {
  readonly name: string;
  readonly message: string;
  readonly extras: DraftExtras | undefined;
  readonly by: string;
  /** When the text was saved that this one is to replace, as it was seen; absent: none. */
  readonly replaces?: number;
}

/** What became of a save; of a name that is taken, since when. */
export type Saved =
  { readonly kind: "saved" } | { readonly kind: "full" } | { readonly kind: "taken"; readonly at: number };

export class SavedTexts {
  readonly #texts: Document<StoredTexts>;
  readonly #clock: Clock;

  constructor({ texts, clock }: { readonly texts: Document<StoredTexts>; readonly clock: Clock }) {
    this.#texts = texts;
    this.#clock = clock;
  }

  /** The one saved last first. */
  all(): readonly SavedText[] {
    return this.#texts.get().toSorted((a, b) => b.at - a.at);
  }

  /** The text that a button stands for; undefined when it is gone. */
  byKey(key: string): SavedText | undefined {
    return byKey(this.#texts.get(), key, keyed);
  }

  /** Saves a text; a name that is taken is only replaced as it was seen. */
  async save({ name, message, extras, by, replaces }: Saving): Promise<Saved> {
    let outcome: Saved = { kind: "saved" };
    await this.#texts.update((all) => {
      const before = all.find((one) => keyed(one) === keyed({ name }));
      const others = all.filter((one) => one !== before);
      if (before && before.at !== replaces) outcome = { kind: "taken", at: before.at };
      else if (others.length >= MOST_TEXTS) outcome = { kind: "full" };
      else return [...others, { name, message, extras: withoutFile(extras), by, at: this.#clock.now() }];
      return all;
    });
    return outcome;
  }

  /** Gives a text another name; a name that another text has is not taken from it. Asked twice it comes to the same. */
  async rename(from: string, to: string): Promise<"renamed" | "gone" | "taken"> {
    let outcome: "renamed" | "gone" | "taken" = "renamed";
    await this.#texts.update((all) => {
      const found = all.find((one) => keyed(one) === keyed({ name: from }));
      const other = all.find((one) => keyed(one) === keyed({ name: to }));
      if (!found) outcome = other ? "renamed" : "gone";
      else if (other && other !== found) outcome = "taken";
      return outcome === "renamed" && found
        ? all.map((one) => (one === found ? { ...one, name: to } : one))
        : all;
    });
    return outcome;
  }

  /** Deletes the text that a button stands for; answers it, or undefined when it was gone already. */
  async remove(key: string): Promise<SavedText | undefined> {
    let gone: SavedText | undefined;
    await this.#texts.update((all) => {
      gone = byKey(all, key, keyed);
      return all.filter((one) => one !== gone);
    });
    return gone;
  }
}

/** Reads a name as people type it: letters and digits of any language; undefined when it can't be one. */
export const textName = givenName;

/** The key of a text's button. */
export function textKey(text: Pick<SavedText, "name">): string {
  return keyOf(keyed(text));
}

/** Names that differ only in upper and lower case are one. */
function keyed({ name }: Pick<SavedText, "name">): string {
  return name.toLowerCase();
}

function withoutFile(extras: DraftExtras = {}): SavedText["extras"] {
  const { attachment: _, translations, ...kept } = extras;
  if (!translations) return kept;
  const texts = translations.map(({ extras: beside, ...text }) => {
    const { attachment: _file, ...own } = beside ?? {};
    return Object.keys(own).length > 0 ? { ...text, extras: own } : text;
  });
  return { ...kept, translations: texts };
}
