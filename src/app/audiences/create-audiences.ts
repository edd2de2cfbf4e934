/** The use cases of audiences and tags. */
import type { Audience, Conditions } from "../../domain/people/audience.ts";
import { givenName, givenTag } from "../../domain/people/audience.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { languageOf, recipientNameOf } from "../../domain/people/subscriber.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { Clock } from "../../lib/clock.ts";
import { askedTogether } from "../../lib/asked-together.ts";
import type { AudienceStore, TagReads, TagStore } from "../../storage/ports/audiences.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { AudienceListParts } from "./audience-list.ts";
import type {
  AudienceLook,
  Audiences,
  AudiencesLook,
  ConditionChoices,
  KeepRequest,
  ListGiven,
  TagResult,
  Whom,
} from "./audiences.ts";
import { tagged, whoMeets } from "./who-meets.ts";

/** Names that stand for all of an audience on a screen. */
const SAMPLE = 5;

export interface AudienceLookParts extends AudienceListParts {
  readonly tags: TagReads;
  readonly campaigns: Pick<CampaignStore, "all">;
}

export interface AudienceParts extends AudienceLookParts {
  readonly audiences: AudienceStore;
  readonly tags: TagStore;
  readonly lists: Pick<ListStore, "get" | "rows">;
  readonly clock: Pick<Clock, "now">;
}

export function createAudiencesLook(parts: AudienceLookParts): AudiencesLook {
  const meeting = async (conditions: Conditions) => {
    const people = await whoMeets(parts, conditions);
    return { count: people.length, names: people.slice(0, SAMPLE).map(recipientNameOf) };
  };
  return {
    all: () => parts.audiences.all(),
    meeting,
    async look(name): Promise<AudienceLook | undefined> {
      const audience = await parts.audiences.find(name);
      if (!audience) return undefined;
      if (audience.kind === "conditions") return { audience, ...(await meeting(audience.conditions)) };
      return { audience, count: audience.count, names: await firstOf(parts, audience) };
    },
    choices: () => choicesNow(parts),
    tags: () => parts.tags.counts(),
  };
}

async function firstOf({ audiences }: AudienceLookParts, { name }: Audience): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { username } of audiences.rows(name)) {
    names.push(username);
    if (names.length === SAMPLE) break;
  }
  return names;
}

async function choicesNow(parts: AudienceLookParts): Promise<ConditionChoices> {
  const people = await whoMeets(parts, {});
  const counts = await parts.tags.counts();
  const tags: { value: string; count: number }[] = [];
  for (const { tag } of counts)
    tags.push({ value: tag, count: people.filter(await tagged(parts, [tag])).length });
  const campaigns = (await parts.campaigns.all()).filter(({ channel }) => channel === "telegram");
  return {
    count: people.length,
    sources: counted(people, ({ source }) => source),
    languages: counted(people, languageOf),
    tags: tags.filter(({ count }) => count > 0),
    campaigns: campaigns.toSorted((a, b) => b.createdAt - a.createdAt).map(({ id }) => id),
  };
}

function counted(people: readonly Subscriber[], valueOf: (one: Subscriber) => string | undefined) {
  const counts = new Map<string, number>();
  for (const one of people) {
    const value = valueOf(one);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
}

export function createAudiences(parts: AudienceParts): Audiences {
  const { audiences, tags, clock } = parts;
  return {
    ...createAudiencesLook(parts),
    keep: (request) => keep(parts, request),
    async define({ name: typed, ...request }) {
      const name = givenName(typed);
      return name === undefined ? "badName" : audiences.define({ name, at: clock.now(), ...request });
    },
    async rename(from, to) {
      const name = givenName(to);
      return name === undefined ? "badName" : audiences.rename(from.trim(), name);
    },
    remove: (name, wantedAt) => audiences.remove(name, wantedAt),
    tag: (typed, whom) => tagging(parts, { typed, whom }, (tag, names) => tags.add(tag, names, clock.now())),
    untag: (typed, whom, wantedAt) =>
      tagging(parts, { typed, whom, takes: true }, (tag, names) =>
        tags.remove(tag, names, clock.now(), wantedAt),
      ),
  };
}

async function keep(
  { audiences, lists, clock }: AudienceParts,
  { name: typed, list, origin, ask }: KeepRequest,
): ReturnType<Audiences["keep"]> {
  const name = givenName(typed);
  if (name === undefined) return "badName";
  const given = await contentOf(lists, list);
  if (!given) return "noList";
  return audiences.keepList({ name, origin, at: clock.now(), ask: ask ?? given.id, ...given.content });
}

async function contentOf(lists: Pick<ListStore, "get" | "rows">, list: ListGiven) {
  if (!("listId" in list)) {
    const rows = list.rows.map(([username, ...values]) => ({ username, values }));
    return { id: "", content: { columns: list.columns, rows } };
  }
  const stored = await lists.get(list.listId);
  return stored && { id: list.listId, content: { columns: stored.columns, rows: lists.rows(list.listId) } };
}

/**
 * A subscriber is tagged as a person, whatever they are called; of everybody else only the name is known. A tag is taken from
 * both, for it may have been put on the name before there was a subscriber.
 */
async function tagging(
  parts: AudienceParts,
  { typed, whom, takes = false }: { readonly typed: string; readonly whom: Whom; readonly takes?: boolean },
  change: (tag: string, names: readonly string[]) => Promise<number>,
): Promise<TagResult> {
  const tag = givenTag(typed);
  if (tag === undefined) return { ok: false, problem: "badTag" };
  const meant = await namesMeant(parts, whom);
  if (!meant) return { ok: false, problem: "noAudience" };
  const [people, keys] = [new Set<string>(), new Set<string>()];
  for await (const some of askedTogether(meant.names, (name) => parts.subscribers.find(name)))
    for (const [name, person] of some) {
      const key = person ? `id${person.id}` : name;
      people.add(key);
      keys.add(key);
      if (takes) keys.add(name);
    }
  const changed = Math.min(people.size, await change(tag, [...keys]));
  return { ok: true, changed, unchanged: people.size - changed, invalid: meant.invalid };
}

interface NamesMeant {
  readonly names: readonly string[];
  readonly invalid: Extract<TagResult, { ok: true }>["invalid"];
}

async function namesMeant(parts: AudienceParts, whom: Whom): Promise<NamesMeant | undefined> {
  if ("names" in whom) {
    const read = whom.names.map((text) => ({ text, parsed: parseUsername(text) }));
    return {
      names: read.flatMap(({ parsed }) => (parsed.ok ? [parsed.username] : [])),
      invalid: read.flatMap(({ text, parsed }) => (parsed.ok ? [] : [{ text, reason: parsed.reason }])),
    };
  }
  const audience = await parts.audiences.find(whom.audience);
  if (!audience) return undefined;
  if (audience.kind === "conditions")
    return { names: (await whoMeets(parts, audience.conditions)).map(recipientNameOf), invalid: [] };
  const names: string[] = [];
  for await (const { username } of parts.audiences.rows(audience.name)) names.push(username);
  return { names, invalid: [] };
}
