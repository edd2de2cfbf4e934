/**
 * The queries of X's search as far as they are asked here, as strictly as documented (docs.x.com, "Build a query" and
 * "Operators", read in xdevplatform/docs, August 2026): parts that all must hold; a hashtag matches exactly and in any
 * case, a word or a phrase in quotes by whole words; `-is:` needs something beside it that can stand alone.
 */
import type { Post } from "./posts.ts";
import { invalidRequest } from "./refusals.ts";

type Clause = (post: Post) => boolean;

/** Self-serve access takes no longer query. */
const LONGEST = 512;
const HASHTAG = /#[\p{L}\p{M}\p{N}_\u200C\u200D]+/gu;

/** @throws Refused for what X does not understand */
export function clausesOf(text: string): readonly Clause[] {
  if (text.length > LONGEST) throw wrong(text, `the query is longer than ${LONGEST} characters`);
  const parts = [...text.matchAll(/-?"[^"]*"|\S+/g)].map(([part]) => part);
  const clauses = parts.map((part) => clauseOf(part, text));
  if (parts.every((part) => part.startsWith("-")))
    throw wrong(text, "no operator that can stand alone, and negated ones can't");
  return clauses;
}

function clauseOf(part: string, text: string): Clause {
  const [, operator = "", value = ""] = /^(-?\w+):(\w+)$/.exec(part) ?? [];
  switch (operator) {
    case "conversation_id":
      return (one) => one.conversationId === value;
    case "in_reply_to_tweet_id":
      return (one) => one.replyTo?.id === value;
    case "-from":
      return (one) => one.author.username.toLowerCase() !== value.toLowerCase();
    case "-is":
      if (value !== "retweet") throw wrong(text, `[${part}]`);
      return (one) => !one.isRepost;
    case "":
      return textClause(part, text);
    default:
      throw wrong(text, `[${part}]`);
  }
}

function textClause(part: string, text: string): Clause {
  if (part.startsWith("#")) {
    if (part.match(HASHTAG)?.[0] !== part || /^#\d+$/.test(part)) throw wrong(text, `[${part}]`);
    const wanted = part.toLowerCase();
    return (one) => [...(one.text.toLowerCase().match(HASHTAG) ?? [])].includes(wanted);
  }
  const quoted = /^"([^"]+)"$/.exec(part)?.[1];
  if (quoted === undefined && !/^[\p{L}\p{N}]+$/u.test(part)) throw wrong(text, `[${part}]`);
  if (/^(and|or)$/.test(part)) throw wrong(text, `Ambiguous use of ${part} as a keyword`);
  const words = wordsOf(quoted ?? part).join(" ");
  return (one) => ` ${wordsOf(one.text).join(" ")} `.includes(` ${words} `);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}/gu) ?? [];
}

function wrong(text: string, why: string) {
  return invalidRequest("query", text, `There were errors processing your request: ${why}`);
}
