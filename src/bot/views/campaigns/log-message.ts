/** What gathered in the log of a chat, as one message: a heading a campaign, its lines under it, the uncertain ones as one. */
import type { Words } from "../../../words/words.ts";
import type { View } from "../view.ts";
import { uncertainButton } from "./uncertain-button.ts";

/** What one campaign has to tell. */
export interface LogPart {
  readonly campaignId: string;
  readonly lines: readonly string[];
  /** Recipients that became uncertain: their names and reasons are behind the button. */
  readonly uncertain: number;
}

/** All that gathered. */
export interface LogContent {
  readonly parts: readonly LogPart[];
  /** Lines that found no room. */
  readonly more: number;
}

export function logMessage({ parts, more }: LogContent, words: Words): View {
  const paragraphs = parts.map(({ campaignId: id, lines, uncertain }) => [
    words.say("log-heading", { id }),
    ...lines,
    ...(uncertain > 0 ? [words.say("log-uncertain", { count: uncertain })] : []),
  ]);
  const rest = more > 0 ? [[words.say("log-more", { count: more })]] : [];
  const text = [...paragraphs, ...rest].map((lines) => lines.join("\n")).join("\n\n");
  const rows = parts
    .filter(({ uncertain }) => uncertain > 0)
    .map(({ campaignId, uncertain }) => [uncertainButton(campaignId, uncertain, words)]);
  return rows.length > 0 ? { text, rows } : { text };
}
