/** Another start for a campaign that waits for one, or missed it. */
import { awaitsStart } from "../../../../domain/when/schedule.ts";
import { fullMoment } from "../../../../words/when-words.ts";
import { chatOf } from "../../../conversations/dialogue.ts";
import type { Talk } from "../../../conversations/step.ts";
import { askMoment } from "../../../conversations/steps/ask-moment.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

export const startTopic: ChangeTopic = {
  name: "start",
  isFor: ({ campaign }) => awaitsStart(campaign),
  value: ({ campaign: { schedule } }, words) =>
    schedule ? fullMoment(schedule.at, schedule.timeZone, words) : "",
  run: moveStart,
};

async function moveStart(talk: Talk, { campaignId }: Topical): Promise<TopicEnd> {
  const { dialogue, parts } = talk;
  const answer = await askMoment(talk, {
    text: (words) => words.say("ask-start"),
    now: (words) => words.plain("button-at-once"),
  });
  if (answer === "cancel" || answer === "back") return { kind: answer };
  const problem = await dialogue.perform(async (context) => {
    const by = context.operatorId;
    const result = await context.work.handOver(() =>
      answer === "now"
        ? parts.app.startNow(campaignId, String(by))
        : parts.app.moveStart(campaignId, answer, String(by)),
    );
    await parts.reporter.follow(chatOf(context), campaignId);
    return result.ok ? null : result.problem;
  });
  if (problem !== null)
    return { kind: "done", note: (words) => words.say(`move-refused-${problem}`, { id: campaignId }) };
  if (answer === "now") return { kind: "done", note: (words) => words.say("did-startNow") };
  const { at, timeZone } = answer;
  return {
    kind: "done",
    note: (words) =>
      words.say("started-scheduled", { id: campaignId, moment: fullMoment(at, timeZone, words) }),
  };
}
