/** What of webhooks is said alike in the chat and in a terminal. */
import type { PostOutcome, PostProblem } from "../domain/hooks/webhook.ts";
import { MOST_WEBHOOKS } from "../domain/hooks/webhook.ts";
import { textOfHtml } from "../lib/text/html-text.ts";
import type { WebhookProblem, WebhookView } from "../app/hooks/webhooks.ts";
import { echo } from "./markup.ts";
import type { Words } from "./words.ts";

/** Why a webhook was not made. */
export function webhookProblemText(problem: WebhookProblem, name: string, words: Words): string {
  return words.say(`webhook-${problem}`, { name: echo(name), most: MOST_WEBHOOKS });
}

/** What came in place of a yes, to stand within a sentence. */
export function postProblemText(why: PostProblem, words: Words): string {
  return why.kind === "status"
    ? words.plain("webhook-answered", { status: String(why.status) })
    : words.reason(why.why);
}

/** What came of a test. */
export function testText(name: string, outcome: PostOutcome | undefined, words: Words): string {
  if (!outcome) return words.say("webhook-unknown", { name });
  if (outcome.kind === "taken") return words.say("webhook-test-taken", { name });
  return words.say("webhook-test-failed", { name, reason: postProblemText(outcome.why, words) });
}

/** How one stands: where it goes, what it wants, whether it gets it. */
export function webhookLines(hook: WebhookView, words: Words): string[] {
  const { name, server, types, failing, off } = hook;
  const wanted = types?.join(" ");
  return [
    words.say("webhook-line", { name, server }),
    wanted === undefined ? words.say("webhook-all-types") : words.say("webhook-types", { types: wanted }),
    ...(off ? [words.say(`webhook-off-${off.why}`, { moment: words.moment(off.at) })] : []),
    ...(failing && !off
      ? [
          words.say("webhook-failing", {
            reason: postProblemText(failing.why, words),
            count: failing.tries,
            moment: words.moment(failing.nextAt),
          }),
        ]
      : []),
  ];
}

/** A line of the chat as a terminal shows it. */
export function plainLine(html: string): string {
  return textOfHtml(html);
}
