/**
 * Gives a campaign's follow-up to whoever is due: makes the follow-up's campaign of them, or has them join it. Promises that
 * nobody is in it twice, whatever is killed: its names are looked at before, and a name joins a campaign once.
 */
import type { Campaign, CampaignId, CampaignList } from "../../domain/campaign.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";
import { joinedBy } from "../../domain/joining.ts";
import { settingsOf } from "../../domain/settings/settings.ts";
import type { FollowUp, FollowsUp } from "../../domain/settings/follow-up.ts";
import { followUpId } from "../../domain/settings/follow-up.ts";
import { approvable } from "../../domain/approval.ts";
import { columnsOf } from "../../domain/campaign.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { AppParts } from "../app-parts.ts";

export type GivingParts = Pick<AppParts, "campaigns" | "lists" | "ledgers" | "engine" | "clock">;

/** The campaign that follows up another one; undefined while nobody was due. */
export function followUpOf(campaigns: readonly Campaign[], id: CampaignId): Campaign | undefined {
  return campaigns.find(({ followsUp }) => followsUp?.campaignId === id);
}

/** Somebody who is due, and the account that wrote to them: their follow-up goes through that one alone. */
export type DuePerson = Pick<ResultRow, "username" | "variables" | "account">;

/** How many joined, and how many who are due could not yet. */
export interface GivenTo {
  readonly joined: number;
  readonly missed: number;
}

/** Nobody joins one that was cancelled, or that nobody has said may go on after a restore. */
export async function giveFollowUp(
  parts: GivingParts,
  parent: Campaign,
  due: readonly DuePerson[],
): Promise<GivenTo> {
  const child = followUpOf(await parts.campaigns.all(), parent.id);
  const there = child ? await parts.ledgers.states(child.id) : new Map<string, unknown>();
  let joined = 0;
  const fresh = due.filter(({ username }) => !there.has(username));
  for (const [through, people] of byAccount(fresh))
    if (await isGiven(parts, parent, people, through)) joined += people.length;
  return { joined, missed: fresh.length - joined };
}

function byAccount(people: readonly DuePerson[]): ReadonlyMap<string | undefined, readonly DuePerson[]> {
  const each = new Map<string | undefined, DuePerson[]>();
  for (const person of people) {
    const others = each.get(person.account);
    if (others) others.push(person);
    else each.set(person.account, [person]);
  }
  return each;
}

async function isGiven(
  parts: GivingParts,
  parent: Campaign,
  people: readonly DuePerson[],
  through: string | undefined,
): Promise<boolean> {
  const [next] = parent.followUps ?? [];
  const child = followUpOf(await parts.campaigns.all(), parent.id);
  if (!next || child?.status === "cancelled" || child?.restored) return false;
  const listId = await listOf(parts, parent, people);
  const given: Given = { next, listId, bound: through === undefined ? {} : { through } };
  const isDone = await (child ? haveJoined(parts, child, given) : begun(parts, parent, given));
  await parts.lists.discard(listId);
  return isDone;
}

async function listOf(
  { lists }: Pick<GivingParts, "lists">,
  { lists: given }: Campaign,
  rows: readonly DuePerson[],
): Promise<string> {
  const columns = [...new Set(given.flatMap(columnsOf))];
  await using writer = await lists.create(columns);
  for (const { username, variables } of rows)
    await writer.add(
      username,
      columns.map((column) => variables[column] ?? ""),
    );
  return (await writer.finish()).listId;
}

/** One that has ended goes on with them, and nobody of it who failed is tried again by that; a pause stays. */
async function haveJoined(parts: GivingParts, child: Campaign, { listId, bound }: Given): Promise<boolean> {
  const { campaigns, engine, clock } = parts;
  const origin = originOf(child.followsUp?.campaignId ?? "");
  const { by } = child.consent;
  if (isUnderWay(child)) {
    const added = await engine.addNames(child.id, { listId, origin, by, asApproved: true, ...bound });
    if (added?.kind === "added") return true; // else it came to its end meanwhile, and goes on like one that had
  }
  const adopted = await campaigns.adoptList(child.id, listId);
  if (!adopted) return false;
  const at = clock.now();
  const list = { ...adopted, origin, importedAt: at, ...bound };
  const goesOn = (from: Campaign): Campaign | undefined => {
    const { finishedAt: _finishedAt, ...ended } = from;
    const isOver = ended.status === "finished";
    const given = { list, listId, by, asApproved: true, at } as const;
    return isOver ? joinedBy({ ...ended, status: "running" }, given) : undefined;
  };
  return (await engine.change(child.id, goesOn, "goesOn")) !== undefined;
}

function originOf(id: CampaignId): string {
  return `campaign:${id}`;
}

interface Given {
  readonly next: FollowUp;
  readonly listId: string;
  /** The account that alone may write to them. */
  readonly bound: Pick<CampaignList, "through">;
}

async function begun(parts: GivingParts, parent: Campaign, { next, listId, bound }: Given): Promise<boolean> {
  const { campaigns, engine, clock } = parts;
  const followsUp: FollowsUp = {
    campaignId: parent.id,
    rootId: parent.followsUp?.rootId ?? parent.id,
    step: (parent.followsUp?.step ?? 0) + 1,
    since: parent.followsUp?.since ?? parent.createdAt,
  };
  for (let number = 1; ; number++) {
    const id = followUpId(followsUp, number);
    if ((await campaigns.spellings(id)).length > 0) continue;
    const list = await campaigns.adoptList(id, listId);
    if (!list) return false;
    const importedAt = clock.now();
    const lists = [{ ...list, origin: originOf(parent.id), importedAt, ...bound }];
    if (
      await engine.start(
        followUpCampaign(parent, { id, next, followsUp, lists, startedWith: listId, importedAt }),
      )
    )
      return true;
  }
}

interface Made {
  readonly id: CampaignId;
  readonly next: FollowUp;
  readonly followsUp: FollowsUp;
  readonly lists: Campaign["lists"];
  readonly startedWith: string;
  readonly importedAt: number;
}

/** Through the same accounts, with the same consent, rules, window, speed and guard rails; but no first few. */
function followUpCampaign(
  parent: Campaign,
  { id, next, followsUp, lists, startedWith, importedAt: now }: Made,
): Campaign {
  const { createdBy, channel, accounts, consent, notWithinDays, excludes } = parent;
  const { tryFirst: _, followUps = [], guardRails, ...settings } = settingsOf(parent);
  const { looked: _looked, ...rails } = guardRails ?? {};
  const later = followUps.slice(1);
  const made: Campaign = {
    id,
    createdAt: now,
    ...(createdBy === undefined ? {} : { createdBy }),
    channel,
    accounts,
    message: next.message,
    lists,
    consent,
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    ...(excludes ? { excludes } : {}),
    ...settings,
    ...(guardRails ? { guardRails: rails } : {}),
    ...(later.length > 0 ? { followUps: later } : {}),
    followsUp,
    startedWith,
    status: "running",
  };
  // Its text and its people were approved with the first.
  const given = parent.approval?.given;
  return given ? { ...made, approval: { given: { ...given, of: approvable(made) } } } : made;
}
