/** `peyk resolve`: who may or may not have got the message, and what is decided on them, one by one or all at once. */
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { UncertainCard } from "../../app/app.ts";
import { ValidationError } from "../../domain/errors.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { momentText } from "./campaign-lines.ts";
import type { Decision } from "./campaign-deeds.ts";
import type { AtRest, Ending, Json, Looking } from "../command.ts";
import type { Output } from "../output.ts";
import { unknownCampaign } from "./status.ts";
import type { OpenPeyk } from "../surroundings.ts";
import { DONE } from "../surroundings.ts";

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
  readonly atRest: AtRest;
}

/** Lists, decides on one, or decides on all. */
export async function resolve(ways: Ways, wanted: Resolving, output: Output): Promise<Ending> {
  const { id, name, decision, all, dryRun } = wanted;
  const { cards, timeZone } = await ways.looking(async ({ app, timeZone: zone }) => {
    if (!campaignMeant(app.campaigns(), id)) throw unknownCampaign(app, id);
    return { cards: await app.uncertain(id), timeZone: zone };
  });
  if (all !== undefined && name !== undefined)
    throw new ValidationError("Give a name and a decision, or --all and a decision.");
  if (name !== undefined && decision === undefined)
    throw new ValidationError(`Say what became of ${name}: sent, again or skip.`);
  if (dryRun === true || (all === undefined && (name === undefined || decision === undefined)))
    return list({ id, cards: name === undefined ? cards : cards.filter(isCalled(name)), timeZone }, output);
  return ways.atRest((peyk) =>
    all !== undefined
      ? resolveAll(peyk, { id, cards, decision: all }, output)
      : resolveOne(peyk, { id, name: name ?? "", decision: decision ?? "skip" }, output),
  );
}

function isCalled(name: string): (card: UncertainCard) => boolean {
  const username = usernameOf(name);
  return (card) => card.username === username;
}

function usernameOf(name: string): string {
  const parsed = parseUsername(name);
  return parsed.ok ? parsed.username : name;
}

interface Doubts {
  readonly id: string;
  readonly cards: readonly UncertainCard[];
}

function list({ id, cards, timeZone }: Doubts & { readonly timeZone: string }, output: Output): Ending {
  output.say(
    cards.length === 0
      ? `Nobody is uncertain in ${id}.`
      : `${cards.length} may have got the message of ${id}; it was not sent again:`,
  );
  for (const { username, account, claimedAt } of cards) {
    output.say(`  ${username}, through ${account}, ${momentText(claimedAt, timeZone)}`);
    output.record({ kind: "uncertain", taskId: id, username, account, claimedAt });
  }
  return { exitCode: DONE, summary: { taskId: id, uncertain: cards.map(({ username }) => username) } };
}

const decided: Readonly<Record<Decision, string>> = {
  sent: "counts as sent now",
  again: "is planned again; the next peyk send or start of Peyk sends it",
  skip: "is left at that and won't be written to",
};

async function resolveOne(
  { app }: OpenPeyk,
  { id, name, decision }: { readonly id: string; readonly name: string; readonly decision: Decision },
  output: Output,
): Promise<Ending> {
  const username = usernameOf(name);
  const state = await app.resolve(id, username, decision);
  if (state === "notUncertain")
    throw new ValidationError(`${username} is not uncertain in ${id}, so there is nothing to decide.`);
  output.say(`${username} ${decided[decision]}.`);
  return { exitCode: DONE, summary: { taskId: id, username, state } };
}

const decidedAll: Readonly<Record<Decision, string>> = {
  sent: "counted as sent",
  again: "planned again; the next peyk send or start of Peyk sends to them",
  skip: "left at that, and won't be written to",
};

async function resolveAll(
  { app }: OpenPeyk,
  { id, cards, decision }: Doubts & { readonly decision: Decision },
  output: Output,
): Promise<Ending> {
  const names = cards.map(({ username }) => username);
  const done = await app.resolveAll(id, { decision, names });
  output.say(`${done.decided} ${decidedAll[decision]}.`);
  if (done.left > 0) output.say(`${done.left} were settled meanwhile and stay as they are.`);
  return { exitCode: DONE, summary: { taskId: id, decision, ...done } };
}
