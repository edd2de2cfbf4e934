/** Another daily limit for every account of a campaign: one press or a number, and a campaign that waits for it goes on. */
import type { Campaign } from "../../../../domain/campaign.ts";
import { MOST_A_DAY, dailyLimitTyped } from "../../../conversations/daily-limit.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, paragraphs } from "../../../conversations/step.ts";
import type { Button, View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import { noteOf } from "./text.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

/** A day's limit; `null`: there is none. */
type DailyLimit = number | null;
type Accounts = Campaign["accounts"];

export const limitTopic: ChangeTopic = {
  name: "limit",
  value: ({ campaign: { accounts } }, words) =>
    sharedText(
      accounts.map(({ caps }) => caps.perDay ?? null),
      words,
    ),
  run: changeLimit,
};

function sharedText(limits: readonly DailyLimit[], words: Words): string {
  const [limit = null, ...others] = new Set(limits);
  if (others.length > 0) return words.plain("button-limit-own");
  return limit === null ? words.plain("button-limit-none") : words.plain("button-limit", { count: limit });
}

async function changeLimit({ dialogue, parts }: Talk, { campaignId: id }: Topical): Promise<TopicEnd> {
  const accounts = await dialogue.perform(() => accountsOf(parts, id));
  if (!accounts) return { kind: "done", note: (words) => words.say("unknown-campaign") };
  const limits = accounts.map(({ caps }) => caps.perDay ?? null);
  for (let isWrong = false; ; isWrong = true) {
    await dialogue.ask((words) => question({ id, limits, isWrong }, words));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return { kind: exit };
    const limit = answer.kind === "button" ? pressed(answer.choice) : typedIn(answer);
    if (limit !== undefined)
      return { kind: "done", note: await apply({ dialogue, parts }, { id, accounts, limit }) };
  }
}

function typedIn(answer: { readonly kind: string; readonly text?: string }): DailyLimit | undefined {
  return answer.text === undefined ? undefined : dailyLimitTyped(answer.text);
}

function pressed(choice: string): DailyLimit | undefined {
  const [kind, value = ""] = choice.split("=");
  if (kind !== "limit") return undefined;
  return value === "none" ? null : dailyLimitTyped(value);
}

async function accountsOf({ app }: Talk["parts"], id: string): Promise<Accounts | null> {
  return (await app.view(id))?.campaign.accounts ?? null;
}

interface Asked {
  readonly id: string;
  readonly limits: readonly DailyLimit[];
  readonly isWrong: boolean;
}

function question({ id, limits, isWrong }: Asked, words: Words): View {
  const wrong = isWrong ? words.say("plan-limit-wrong", { most: MOST_A_DAY }) : "";
  const ask = words.say("change-limit-ask", { id, now: sharedText(limits, words) });
  return {
    text: paragraphs(wrong, ask),
    rows: [higher(limits, words), [noLimit(words)], exits(words, "later")],
  };
}

/** The next steps up from the highest there is. */
function higher(limits: readonly DailyLimit[], words: Words): Button[] {
  const highest = Math.max(4, ...limits.map((limit) => limit ?? 0));
  return [...new Set([1.5, 2, 4].map((times) => Math.min(MOST_A_DAY, Math.ceil(highest * times))))].map(
    (count) => ({ label: words.plain("button-limit", { count }), choice: `limit=${count}` }),
  );
}

function noLimit(words: Words): Button {
  return { label: words.plain("button-limit-none"), choice: "limit=none" };
}

interface Chosen {
  readonly id: string;
  /** As they were when it was asked. */
  readonly accounts: Accounts;
  readonly limit: DailyLimit;
}

async function apply({ dialogue, parts }: Talk, { id, accounts, limit }: Chosen): Promise<Note> {
  const changed = accounts.map(({ name, caps }) => {
    const { perDay: _, ...others } = caps;
    return { name, caps: limit === null ? others : { ...others, perDay: limit } };
  });
  const result = await dialogue.perform(async (context) => {
    const request = { settings: { accounts: changed }, by: String(context.operatorId), seen: { accounts } };
    return context.work.handOver(() => parts.app.change(id, request));
  });
  return noteOf(result, id);
}
