/** What became of a reply to somebody, in a sentence; undefined while its call is under way. */
import type { ReplyResult } from "../../../app/people/answers.ts";
import type { OwnReply } from "../../../domain/people/own-reply.ts";
import type { Words } from "../../../words/words.ts";

export function replyEnd({ state, why, isLeft }: OwnReply, name: string, words: Words): string {
  switch (state) {
    case "sent":
      return words.say("reply-sent", { name });
    case "planned":
    case "claimed":
      return words.say("reply-waits", { name });
    case "failed":
      return words.say("reply-failed", { name, why: words.reason(why) });
    case "uncertain":
      return words.say(isLeft ? "reply-uncertain-left" : "reply-uncertain", { name, why: words.reason(why) });
  }
}

export function replyProblem(result: Extract<ReplyResult, { ok: false }>, words: Words): string {
  if (result.problem === "tooLong")
    return words.say("reply-problem-tooLong", { length: result.length, max: result.max });
  return words.say(`reply-problem-${result.problem}`);
}
