/** `peyk resolve`: who may or may not have got the message, and what is decided on them, one by one or all at once. */
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { UncertainCard } from "../../app/app.ts";
import { ValidationError } from "../../domain/errors.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { Words } from "../../words/words.ts";
import { momentText } from "./campaign-lines.ts";
import type { Decision } from "./campaign-deeds.ts";
import type { Ending, Json, Looking } from "../command.ts";
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
    const campaign = campaignMeant(app.campaigns(), wanted.id);
    if (!campaign) throw unknownCampaign(app, wanted.id);
    return { id: campaign.id, cards: await app.uncertain(campaign.id), words: spoken };
  });
  if (all !== undefined && name !== undefined)
    throw new ValidationError("Give a name and a decision, or --all and a decision.");
  if (name !== undefined && decision === undefined)
    throw new ValidationError(`Say what became of ${name}: sent, again or skip.`);
  const meant = name === undefined ? cards : cards.filter(isCalled(name));
  if (dryRun === true || (all ?? decision) === undefined) return list({ id, cards: meant, words }, output);
  const claims = meant.map(({ claim }) => claim);
  if (all !== undefined) {
    const decided = await decide({ campaignId: id, decision: all, claims });
    return tellAll({ id, decision: all, decided }, output);
  }
  const username = usernameOf(name ?? "");
  const nothing = new ValidationError(
    `${username} is not uncertain in ${id}, so there is nothing to decide.`,
  );
  if (decision === undefined || claims.length === 0) throw nothing;
  const decided = await decide({ campaignId: id, decision, claims });
  if (decided.decided === 0) throw nothing;
  return tellOne({ id, username, decision, decided }, output);
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
      ? `Nobody is uncertain in ${id}.`
      : `${cards.length} may have got the message of ${id}; it was not sent again:`,
  );
  for (const { username, account, claimedAt } of cards) {
    output.say(`  ${username}, through ${account}, ${momentText(claimedAt, words)}`);
    output.record({ kind: "uncertain", taskId: id, username, account, claimedAt });
  }
  return { exitCode: DONE, summary: { taskId: id, uncertain: cards.map(({ username }) => username) } };
}

const stateAfter = { sent: "sent", again: "planned", skip: "skipped" } as const;

const oneIs: Readonly<Record<Decision, string>> = {
  sent: "counts as sent now",
  again: "is planned again",
  skip: "is left at that and won't be written to",
};

const allWere: Readonly<Record<Decision, string>> = {
  sent: "counted as sent",
  again: "planned again",
  skip: "left at that, and won't be written to",
};

interface Told {
  readonly id: string;
  readonly decision: Decision;
  readonly decided: Decided;
}

function tellOne(
  { id, username, decision, decided }: Told & { readonly username: string },
  output: Output,
): Ending {
  output.say(`${username} ${oneIs[decision]}${whoSends({ decision, decided }, "it")}.${whoDid(decided)}`);
  const { byProcess } = decided;
  return { exitCode: DONE, summary: { taskId: id, username, state: stateAfter[decision], byProcess } };
}

function tellAll({ id, decision, decided }: Told, output: Output): Ending {
  const sends = whoSends({ decision, decided }, "to them");
  output.say(`${decided.decided} ${allWere[decision]}${sends}.${whoDid(decided)}`);
  if (decided.left > 0) output.say(`${decided.left} were settled meanwhile and stay as they are.`);
  return { exitCode: DONE, summary: { taskId: id, decision, ...decided } };
}

/** Whoever is planned again is sent to by somebody. */
function whoSends({ decision, decided }: Pick<Told, "decision" | "decided">, what: string): string {
  if (decision !== "again") return "";
  const who = decided.byProcess === undefined ? "the next peyk send or start of Peyk" : "the Peyk at work";
  return `; ${who} sends ${what}`;
}

function whoDid({ byProcess }: Decided): string {
  return byProcess === undefined ? "" : ` The Peyk at work (process ${byProcess}) wrote it down.`;
}
