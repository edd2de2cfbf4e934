import type { PlainWords } from "./plain-words.ts";

/** What a campaign goes out through, as one says it; a channel Peyk has no word for keeps its own name. */
export function channelName(name: string, words: PlainWords): string {
  switch (name) {
    case "simulator":
    case "x":
    case "telegram":
    case "webhook":
      return words.plain(`channel-${name}`);
    default:
      return name;
  }
}
