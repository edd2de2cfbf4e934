/** Tags as the chat shows them, and what the buttons that put one on somebody carry. */
import type { TagCount, TagResult } from "../../../app/audiences/audiences.ts";
import { keyOf } from "../../campaign-key.ts";
import type { Words } from "../../../words/words.ts";
import type { View } from "../view.ts";

/** Tags that have a button; any other is typed. */
const MOST_BUTTONS = 20;
const MOST_LINES = 50;

/** Callback data: put on or taken, the tag's key, and whom it is about. */
export const TAG_PRESS = /^wt:(on|off):([\w-]{10}):([a-z0-9_.]{1,32})$/;

export function tagKey(tag: string): string {
  return keyOf(`tag ${tag}`);
}

/** Every tag, and how they are put on. */
export function tagsView(counts: readonly TagCount[], words: Words): View {
  const lines = counts.slice(0, MOST_LINES).map((one) => words.say("tags-line", { ...one }));
  const shown = lines.length > 0 ? [words.say("tags-title"), ...lines] : [words.say("tags-none")];
  return { text: [...shown, "", words.say("tag-how")].join("\n") };
}

/** The tags of one person, to be put on and taken with a tap. */
export function personTags(
  name: string,
  { all, theirs }: { readonly all: readonly TagCount[]; readonly theirs: readonly string[] },
  words: Words,
): View {
  const tags = [...new Set([...theirs, ...all.map(({ tag }) => tag)])].slice(0, MOST_BUTTONS);
  return {
    text: words.say("tag-person", { name, command: `/tag … ${name}` }),
    rows: tags.map((tag) => {
      const has = theirs.includes(tag);
      const label = words.plain(has ? "button-tag-on" : "button-tag-off", { tag });
      return [{ label, choice: `wt:${has ? "off" : "on"}:${tagKey(tag)}:${name}` }];
    }),
  };
}

export function taggedText(
  what: "added" | "taken",
  tag: string,
  { result, words }: { readonly result: TagResult; readonly words: Words },
): string {
  if (!result.ok) return words.say(`tag-${result.problem}`);
  const { changed: count, unchanged, invalid } = result;
  return [
    ...(count > 0 || unchanged === 0 ? [words.say(`tag-${what}`, { tag, count })] : []),
    ...(unchanged > 0 ? [words.say(`tag-${what}-before`, { tag, count: unchanged })] : []),
    ...(invalid.length > 0
      ? [words.say("suppress-invalid", { texts: words.codes(invalid.map(({ text }) => text)) })]
      : []),
  ].join("\n");
}
