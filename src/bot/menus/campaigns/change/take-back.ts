/** Taking back what was sent: of all, of one revision, or of one name; confirmed with the number. */
import type { AmendResult } from "../../../../app/amending/amending.ts";
import type { AmendmentKind } from "../../../../domain/amending/amendment.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, lines } from "../../../conversations/step.ts";
import { problemText } from "../../../views/drafts/message-problem.ts";
import type { Scoped } from "./scope.ts";
import { askScope, growsLine, staysLines } from "./scope.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

export const takeBackTopic: ChangeTopic = {
  name: "takeBack",
  value: ({ amended }, words) => words.plain("change-amended", { count: amended?.takenBack ?? 0 }),
  isFor: ({ amends, counts }) => amends?.takesBack === true && counts.sent > 0,
  run: takeBack,
};

async function takeBack(talk: Talk, { campaignId }: Topical): Promise<TopicEnd> {
  for (;;) {
    const scoped = await askScope(talk, { campaignId, kind: "takeBack" });
    if (scoped === "back" || scoped === "cancel") return { kind: scoped };
    if (typeof scoped === "function") return { kind: "done", note: scoped };
    const answer = await confirmed(talk, campaignId, scoped);
    if (answer === "cancel") return { kind: "cancel" };
    if (answer === "back") continue;
    return { kind: "done", note: await begin(talk, campaignId, scoped) };
  }
}

async function confirmed(talk: Talk, id: string, { plan }: Scoped): Promise<"go" | "back" | "cancel"> {
  for (;;) {
    await talk.dialogue.ask((words) => ({
      text: lines(
        words.say("amend-confirm-takeBack", { id, count: plan.count }),
        ...staysLines(plan, words),
        growsLine(plan, words),
      ),
      rows: [
        [{ label: words.plain("button-amend-takeBack", { count: plan.count }), choice: "go" }],
        exits(words, "later"),
      ],
    }));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return "go";
  }
}

async function begin({ dialogue, parts }: Talk, id: string, { scope }: Scoped): Promise<Note> {
  const result = await dialogue.perform((context) =>
    context.work.handOver(() =>
      parts.app.amend(id, { kind: "takeBack", scope, by: String(context.operatorId) }),
    ),
  );
  return amendNote(result, id, "takeBack");
}

/** How a beginning went, in a sentence. */
export function amendNote(result: AmendResult, id: string, kind: AmendmentKind): Note {
  if (result.ok) {
    const { count } = result;
    return (words) => words.say(`amend-begun-${kind}`, { id, count });
  }
  switch (result.problem) {
    case "message": {
      const { problems } = result;
      return (words) => problems.map((one) => problemText(one, words)).join("\n");
    }
    case "nobody":
      return (words) => words.say(`amend-nobody-${kind}`, { id });
    case "busy":
    case "unapproved":
    case "changed": {
      const { problem } = result;
      return (words) => words.say(`amend-${problem}`, { id });
    }
    case "cannot":
      return (words) => words.say(`amend-cannot-${kind}`, { id });
    case "unknownCampaign":
      return (words) => words.say("unknown-campaign");
  }
}
