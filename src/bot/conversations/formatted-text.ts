/**
 * What an operator wrote with Telegram's formatting, as HTML that can be sent again. Owns the promise that the text stays
 * the same letter by letter, that tags nest properly whatever overlapped, and that no tag cuts a variable in two.
 */
import type { MessageEntity } from "grammy/types";
import { escapeHtml } from "../../words/markup.ts";
import { htmlOfText } from "../../lib/text/html-text.ts";

/** A text with its formatting; offsets in UTF-16 units, as Telegram counts. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly open: string;
  readonly close: string;
}

const VARIABLE = /\{\{[^{}\r\n]*\}\}/g;
const VARIABLE_PARTS = /^(\{\{[^{}|\r\n]*)(\|[^{}\r\n]*)?\}\}$/;

/** The text as Telegram HTML; undefined when nothing in it is formatted and it can stay plain. */
export function htmlOf({ text, entities }: FormattedText): string | undefined {
  const variables = [...text.matchAll(VARIABLE)].map(({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }));
  const spans = entities.flatMap((entity) => spanOf(entity, variables)).toSorted(outerFirst);
  return spans.length === 0 ? undefined : written(text, spans, variables);
}

type Place = Pick<Span, "from" | "to">;

/** A span that begins or ends inside a variable takes in the whole of it. */
function spanOf(entity: MessageEntity, variables: readonly Place[]): Span[] {
  const tags = tagsOf(entity);
  if (!tags || entity.length <= 0) return [];
  const [from, to] = [entity.offset, entity.offset + entity.length];
  const cut = (at: number): Place | undefined => variables.find((one) => one.from < at && at < one.to);
  return [{ from: cut(from)?.from ?? from, to: cut(to)?.to ?? to, ...tags }];
}

type Tags = Pick<Span, "open" | "close">;

/** Undefined for what Telegram finds by itself (links, mentions, commands) and for what a bot may not send. */
function tagsOf(entity: MessageEntity): Tags | undefined {
  switch (entity.type) {
    case "bold":
      return tag("b");
    case "italic":
      return tag("i");
    case "underline":
      return tag("u");
    case "strikethrough":
      return tag("s");
    case "spoiler":
      return tag("tg-spoiler");
    case "code":
      return tag("code");
    case "blockquote":
      return tag("blockquote");
    case "expandable_blockquote":
      return { open: "<blockquote expandable>", close: "</blockquote>" };
    case "pre":
      return entity.language
        ? {
            open: `<pre><code class="language-${htmlOfText(entity.language)}">`,
            close: "</code></pre>",
          }
        : tag("pre");
    case "text_link":
      return { open: `<a href="${htmlOfText(entity.url)}">`, close: "</a>" };
    case "text_mention":
      return { open: `<a href="tg://user?id=${entity.user.id}">`, close: "</a>" };
    case "mention":
    case "hashtag":
    case "cashtag":
    case "bot_command":
    case "url":
    case "email":
    case "phone_number":
    case "date_time":
    case "custom_emoji":
      return undefined;
  }
}

function tag(name: string): Tags {
  return { open: `<${name}>`, close: `</${name}>` };
}

function outerFirst(a: Span, b: Span): number {
  return a.from - b.from || b.to - a.to;
}

/** Goes from edge to edge; what overlaps is closed and opened again, so that tags always nest. */
function written(text: string, spans: readonly Span[], variables: readonly Place[]): string {
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((at) => at <= text.length)
    .toSorted((a, b) => a - b);
  let html = "";
  let open: readonly Span[] = [];
  edges.forEach((at, index) => {
    const next = spans.filter(({ from, to }) => from <= at && at < to);
    const shared = sharedCount(open, next);
    html += open
      .slice(shared)
      .toReversed()
      .map(({ close }) => close)
      .join("");
    html += next
      .slice(shared)
      .map((span) => span.open)
      .join("");
    open = next;
    html += escapedPiece(text, { from: at, to: edges[index + 1] ?? at }, variables);
  });
  return html;
}

function sharedCount(open: readonly Span[], next: readonly Span[]): number {
  let count = 0;
  while (count < open.length && open[count] === next[count]) count += 1;
  return count;
}

/** Names of variables stay as they are written, or the columns would not be found; no edge lies inside one. */
function escapedPiece(text: string, { from, to }: Place, variables: readonly Place[]): string {
  let html = "";
  let at = from;
  for (const variable of variables) {
    if (variable.from < from || variable.to > to) continue;
    html += escapeHtml(text.slice(at, variable.from));
    const [, name = "", fallback = ""] = VARIABLE_PARTS.exec(text.slice(variable.from, variable.to)) ?? [];
    html += `${name}${escapeHtml(fallback)}}}`;
    at = variable.to;
  }
  return html + escapeHtml(text.slice(at, to));
}
