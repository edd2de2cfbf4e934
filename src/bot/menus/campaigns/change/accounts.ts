/** Which accounts a campaign goes through: one is added or left out by a press, and what that means for the rest is said. */
import type { CampaignView } from "../../../../app/app.ts";
import type { CampaignAccount } from "../../../../domain/campaign.ts";
import { accountsNamed, mostADay } from "../../../../domain/campaign-accounts.ts";
import { restingLines } from "../../../../words/campaign-lines.ts";
import type { Words } from "../../../../words/words.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, lines, paragraphs } from "../../../conversations/step.ts";
import { accountRows } from "../../../views/drafts/plan.ts";
import type { View } from "../../../views/view.ts";
import { noteOf } from "./text.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

export const accountsTopic: ChangeTopic = {
  name: "accounts",
  value: ({ campaign: { accounts } }, words) =>
    accounts.length === 1
      ? (accounts[0]?.name ?? "")
      : words.plain("change-accounts-count", { count: accounts.length }),
  run: changeAccounts,
};

interface Known {
  readonly view: CampaignView;
  /** What is set up now. */
  readonly known: readonly CampaignAccount[];
}

interface Choosing extends Known {
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly page: number;
}

async function changeAccounts(talk: Talk, { campaignId: id }: Topical): Promise<TopicEnd> {
  const { dialogue, parts } = talk;
  const found = await dialogue.perform(() => lookedAt(parts, id));
  if (!found) return { kind: "done", note: (words) => words.say("unknown-campaign") };
  const present = found.view.campaign.accounts.map(({ name }) => name);
  const names = [...new Set([...found.known.map(({ name }) => name), ...present])];
  if (names.length === 1) return { kind: "done", note: (words) => words.say("change-accounts-only", { id }) };
  let [chosen, page] = [names.filter((name) => present.includes(name)), 0];
  for (let isNew = true; ; isNew = false) {
    const choosing = { ...found, names, chosen, page };
    const showing = (words: Words): View => question(choosing, words);
    await (isNew ? dialogue.ask(showing) : dialogue.show(showing));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return { kind: exit };
    if (answer.kind !== "button") continue;
    if (answer.choice === "go") return { kind: "done", note: await apply(talk, choosing) };
    if (/^page\d+$/.test(answer.choice)) page = Number(answer.choice.slice(4));
    const pressed = names[Number(/^account=(\d+)$/.exec(answer.choice)?.[1] ?? NaN)];
    if (pressed !== undefined) chosen = names.filter((name) => (name === pressed) !== chosen.includes(name));
  }
}

async function lookedAt({ app }: Talk["parts"], id: string): Promise<Known | null> {
  const view = await app.view(id);
  if (!view) return null;
  const channel = (await app.channels()).find(({ name }) => name === view.campaign.channel);
  return { view, known: (channel?.accounts ?? []).map(({ name, caps }) => ({ name, caps })) };
}

function question(choosing: Choosing, words: Words): View {
  const { view, names, chosen, page } = choosing;
  const { id } = view.campaign;
  const accounts = accountsOf(choosing);
  const canGo = accounts.length > 0;
  return {
    text: paragraphs(
      words.say("change-accounts-ask", { id }),
      canGo ? meaning(view, accounts, words) : words.say("plan-no-account"),
      lines(...restingLines(view, words)),
    ),
    rows: [
      ...accountRows({ names, chosen }, page, words),
      canGo
        ? [{ label: words.plain("button-accounts-apply", { count: accounts.length }), choice: "go" }]
        : [],
      exits(words, "later"),
    ],
  };
}

/** What the rest of the campaign can count on, and what becomes of those that are left out. */
function meaning(view: CampaignView, accounts: readonly CampaignAccount[], words: Words): string {
  const left = view.counts.planned + view.counts.claimed;
  const most = mostADay(accounts);
  const names = new Set(accounts.map(({ name }) => name));
  const out = view.campaign.accounts.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  return lines(
    most === undefined
      ? words.say("change-accounts-free", { left, count: accounts.length })
      : words.say("change-accounts-a-day", { left, count: accounts.length, most }),
    out.length > 0 ? words.say("change-accounts-out", { names: words.codes(out) }) : undefined,
  );
}

function accountsOf({ chosen, view, known }: Choosing): readonly CampaignAccount[] {
  return accountsNamed(chosen, view.campaign.accounts, known);
}

async function apply({ dialogue, parts }: Talk, choosing: Choosing): Promise<Note> {
  const { id, accounts } = choosing.view.campaign;
  const settings = { accounts: accountsOf(choosing) };
  const result = await dialogue.perform(async (context) => {
    const by = String(context.operatorId);
    return context.work.handOver(() => parts.app.change(id, { settings, by, seen: { accounts } }));
  });
  return noteOf(result, id);
}
