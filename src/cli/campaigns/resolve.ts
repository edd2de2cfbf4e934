/** `peyk resolve`: who may or may not have got the message, and what is decided on them, one by one or all at once. */
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { UncertainCard } from "../../app/app.ts";
import { SaidError } from "../../words/said-error.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import type { Decision } from "./campaign-deeds.ts";
import type { Ending, Json, Looking } from "../command.ts";
import { doneOr, whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import { unknownCampaign } from "./status.ts";
import type { Decided, ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

export interface ResolveOptions extends Json {
  readonly all?: Decision;
  readonly dryRun?: boolean;
}

interface Resolving extends ResolveOptions {
  readonly id: string;
  readonly name: string | undefined;
  readonly decision: Decision | undefined;
}

interface Ways {
  readonly looking: Looking;
  readonly decide: ProgramParts["decide"];
}

/** Lists, decides on one, or decides on all; beside a running Peyk through it. */
export async function resolve({ looking, decide }: Ways, wanted: Resolving, output: Output): Promise<Ending> {
  const { name, decision, all, dryRun } = wanted;
  const { id, cards, words } = await looking(async ({ app, words: spoken }) => {
    const campaign = campaignMeant(await app.campaigns(), wanted.id);
    if (!campaign) throw await unknownCampaign(app, wanted.id, spoken);
    return { id: campaign.id, cards: await app.uncertain(campaign.id), words: spoken };
  });
  if (all !== undefined && name !== undefined) throw new SaidError(words.plain("cli-resolve-both"));
  if (name !== undefined && decision === undefined)
    throw new SaidError(words.plain("cli-resolve-what", { name }));
  const meant = name === undefined ? cards : cards.filter(isCalled(name));
  if (dryRun === true || (all ?? decision) === undefined) return list({ id, cards: meant, words }, output);
  const claims = meant.map(({ claim }) => claim);
  if (all !== undefined) {
    const decided = doneOr(
      await decide({ campaignId: id, decision: all, claims }),
      `peyk resolve ${id}`,
      words,
    );
    return tellAll({ id, decision: all, decided, words }, output);
  }
  const username = usernameOf(name ?? "");
  const nothing = new SaidError(words.plain("cli-resolve-not", { name: username, id }));
  if (decision === undefined || claims.length === 0) throw nothing;
  const decided = doneOr(await decide({ campaignId: id, decision, claims }), `peyk resolve ${id}`, words);
  if (decided.decided === 0) throw nothing;
  return tellOne({ id, username, decision, decided, words }, output);
}

function isCalled(name: string): (card: UncertainCard) => boolean {
  const username = usernameOf(name);
  return (card) => card.username === username;
}

function usernameOf(name: string): string {
  const parsed = parseUsername(name);
  return parsed.ok ? parsed.username : name;
}

interface UncertainMany {
  readonly id: string;
  readonly cards: readonly UncertainCard[];
}

function list({ id, cards, words }: UncertainMany & { readonly words: Words }, output: Output): Ending {
  output.say(
    cards.length === 0
      ? words.plain("cli-resolve-none", { id })
      : words.plain("cli-resolve-list", { count: cards.length, id }),
  );
  for (const { username, account, claimedAt } of cards) {
    output.say(words.plain("cli-resolve-line", { username, account, moment: momentText(claimedAt, words) }));
    output.record({ kind: "uncertain", taskId: id, username, account, claimedAt });
  }
  return { exitCode: DONE, summary: { taskId: id, uncertain: cards.map(({ username }) => username) } };
}

const stateAfter = { sent: "sent", again: "planned", skip: "skipped" } as const;

interface Told {
  readonly id: string;
  readonly decision: Decision;
  readonly decided: Decided;
  readonly words: Words;
}

function tellOne(told: Told & { readonly username: string }, output: Output): Ending {
  const { id, username, decision, decided, words } = told;
  output.say(
    `${words.plain(`cli-resolved-one-${endingOf(told)}`, { username })}${whoDid(decided.byProcess, words)}`,
  );
  const { byProcess } = decided;
  return { exitCode: DONE, summary: { taskId: id, username, state: stateAfter[decision], byProcess } };
}

function tellAll(told: Told, output: Output): Ending {
  const { id, decision, decided, words } = told;
  output.say(
    `${words.plain(`cli-resolved-all-${endingOf(told)}`, { count: decided.decided })}${whoDid(decided.byProcess, words)}`,
  );
  if (decided.left > 0) output.say(words.plain("cli-resolved-left", { count: decided.left }));
  return { exitCode: DONE, summary: { taskId: id, decision, ...decided } };
}

/** Whoever is planned again is sent to by somebody: the next command, or who is at work. */
function endingOf({ decision, decided }: Told): string {
  return decision === "again" && decided.byProcess !== undefined ? "again-at-work" : decision;
}
