/** From the body of a call to a campaign. The same body under the same id is the same campaign, however often and whenever it comes. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { digestOf } from "./digest.ts";
import { whenOf } from "./when-asked.ts";
import type { Draft, ChannelChoice } from "../../app/drafts/draft.ts";
import type { ListSource } from "../../app/lists/list-report.ts";
import type { GivenPerson } from "../../app/lists/list-of-rows.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { MessageProblem } from "../../app/drafts/draft.ts";
import { joinedNames } from "../../words/joined.ts";
import type { Words } from "../../words/words.ts";
import type { ApiApp } from "./api-env.ts";
import type { StartBody } from "./bodies.ts";
import type { InvalidGiven } from "./problem.ts";
import { ApiProblem } from "./problem.ts";

/** A draft that could start, and what was found in its list. */
export interface Prepared {
  readonly draft: Draft;
  readonly channel: ChannelChoice;
  readonly duplicates: number;
  readonly invalid: readonly InvalidGiven[];
}

export interface Asked {
  readonly id: CampaignId;
  readonly body: StartBody;
  readonly actor: string;
  readonly words: Words;
}

/** Which campaign, there already or to come, the id of a call means. */
export async function idOf(
  app: Pick<ApiApp, "nameCampaign">,
  given: string,
  words: Words,
): Promise<CampaignId> {
  const named = await app.nameCampaign(given);
  if (named.ok) return named.id;
  const told = { id: given, ids: joinedNames(named.ids, words) };
  throw new ApiProblem(named.problem === "twoSpellings" ? "twoSpellings" : "taskId", { told });
}

/**
 * Starts the campaign, or answers that it was started before by the very same call.
 * @throws {ApiProblem} when the id belongs to something else, or the body can't be a campaign
 */
export async function start(app: ApiApp, asked: Asked): Promise<Prepared | "before"> {
  const { id, body, actor, words } = asked;
  const askedWith = await digestOf(body);
  if (await isThere(app, id, askedWith)) return "before";
  const prepared = await prepare(app, asked);
  const { channel, draft } = prepared;
  if (channel.reachesPeople && body.consent === undefined) {
    await app.discardList(draft.listId);
    throw new ApiProblem("needsConsent", { told: { channel: channel.name } });
  }
  const statement = body.consent ?? words.plain("cli-simulated");
  const result = await app.start({ ...draft, askedWith, terms: { kind: "new" } }, { statement, by: actor });
  if (result.ok) return prepared;
  await app.discardList(draft.listId);
  if (result.problem === "past") throw new ApiProblem("past");
  // Somebody was quicker: the same program in another call, or somebody else.
  if (await isThere(app, id, askedWith)) return "before";
  throw new ApiProblem("notNow", { told: { id, status: "none" } });
}

async function isThere(app: ApiApp, id: CampaignId, askedWith: string): Promise<boolean> {
  const there: Campaign | undefined = (await app.view(id))?.campaign;
  if (!there) return false;
  if (there.askedWith === askedWith) return true;
  throw new ApiProblem("otherRequest", { told: { id } });
}

/** Makes the draft; its list is stored until it is started or thrown away. */
export async function prepare(app: ApiApp, { id, body, words }: Asked): Promise<Prepared> {
  const channel = await channelOf(app, body.channel, words);
  const when = whenOf(app, body, words);
  const accounts = accountsOf(channel, body);
  const { columns, listId, origin, duplicates, invalid } = await listOf(app, id, body);
  const draft: Draft = {
    campaignId: id,
    listId,
    origin,
    message: body.message,
    ...(body.format ? { extras: { format: body.format } } : {}),
    channel: channel.name,
    accounts,
    ...(body.notWithinDays === undefined ? {} : { notWithinDays: body.notWithinDays }),
    ...when,
  };
  const form = { channel, ...(draft.extras ? { extras: draft.extras } : {}) };
  const [problem] = app.checkMessage(draft.message, columns, form);
  if (!problem) return { draft, channel, duplicates, invalid };
  await app.discardList(listId);
  throw messageProblem(problem, words);
}

async function channelOf(app: ApiApp, name: string, words: Words): Promise<ChannelChoice> {
  const channels = await app.channels();
  const channel = channels.find((one) => one.name === name);
  const names = joinedNames(
    channels.map((one) => one.name),
    words,
  );
  if (!channel) throw new ApiProblem("noChannel", { told: { channel: name, names } });
  if (channel.accounts.length === 0) throw new ApiProblem("noAccount", { told: { channel: name } });
  return channel;
}

function accountsOf(channel: ChannelChoice, { accounts, maxPerAccount }: StartBody): Draft["accounts"] {
  const names = accounts ?? channel.accounts.map(({ name }) => name);
  return [...new Set(names)].map((name) => {
    const known = channel.accounts.find((one) => one.name === name);
    if (!known) throw new ApiProblem("unknownAccount", { told: { channel: channel.name, account: name } });
    const caps = maxPerAccount === undefined ? known.caps : { ...known.caps, perDay: maxPerAccount };
    return { name, caps };
  });
}

interface Listed extends Pick<Prepared, "duplicates" | "invalid"> {
  readonly listId: string;
  readonly columns: readonly string[];
  readonly origin: string;
}

async function listOf(
  app: ApiApp,
  campaignId: CampaignId,
  { recipients, channel }: StartBody,
): Promise<Listed> {
  if (Array.isArray(recipients)) {
    const taken = await app.listOfRows(await peopleOf(recipients), channel === "x");
    if ("listId" in taken) return { ...taken, origin: "program" };
    if (taken.problem === "column") throw new ApiProblem("column", { told: { column: taken.column } });
    throw new ApiProblem("nobody", { invalid: taken.invalid });
  }
  const source = sourceOf(recipients);
  const report = await app.importList({ source, campaignId, channel });
  if (report.kind !== "report") throw new ApiProblem(report.problem === "gone" ? "noList" : "nobody");
  const { listId, columns, origin, duplicates } = report;
  return { listId, columns, origin, duplicates, invalid: [] };
}

function sourceOf(
  recipients: Exclude<StartBody["recipients"], readonly unknown[]>,
): Exclude<ListSource, { readonly kind: "file" | "text" | "campaign" }> {
  if ("leads" in recipients) return { kind: "leads", list: recipients.leads };
  if ("audience" in recipients) return { kind: "audience", name: recipients.audience };
  const { source } = recipients;
  return { kind: "subscribers", ...(source === undefined ? {} : { source }) };
}

type GivenRow = Extract<StartBody["recipients"], readonly unknown[]>[number];

/** Rows taken in in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

async function peopleOf(rows: readonly GivenRow[]): Promise<readonly GivenPerson[]> {
  const people: GivenPerson[] = [];
  for (const row of rows) {
    people.push(personOf(row));
    if (people.length % PIECE === 0) await nextTurn();
  }
  return people;
}

function personOf(row: GivenRow): GivenPerson {
  if (typeof row === "string") return { username: row, values: {} };
  const { username, ...cells } = row;
  const values = Object.entries(cells).map(([name, cell]) => [name, cell === null ? "" : String(cell)]);
  return { username, values: Object.fromEntries(values) };
}

function messageProblem(problem: MessageProblem, words: Words): ApiProblem {
  const at = "/message";
  return new ApiProblem("message", { errors: () => [{ at, detail: messageText(problem, words) }] });
}

function messageText(problem: MessageProblem, words: Words): string {
  const braced = (names: readonly string[]): string =>
    joinedNames(
      names.map((name) => `{{${name}}}`),
      words,
    );
  switch (problem.problem) {
    case "empty":
      return words.plain("api-field-missing");
    case "tooLong":
      return words.plain("cli-message-tooLong", { length: problem.length, max: problem.max });
    case "unknownVariables":
      return words.plain("cli-message-unknownVariables", {
        unknown: braced(problem.unknown),
        known: braced(problem.known),
      });
    case "brokenVariable":
      return words.plain("cli-message-brokenVariable", { text: problem.text });
    case "notTaken":
      return words.plain(`cli-message-${problem.extra}`);
  }
}
