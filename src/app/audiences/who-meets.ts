/** Which subscribers meet conditions now. Who left never does; nobody is taken for having, or not having, a message on a guess. */
import type { Conditions } from "../../domain/people/audience.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { RecipientState } from "../../domain/recipient.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { languageOf } from "../../domain/people/subscriber.ts";
import type { TagReads } from "../../storage/ports/audiences.ts";
import { askedTogether } from "../../lib/asked-together.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { SubscriberStore } from "../../storage/ports/people.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";

export interface MeetingParts {
  readonly subscribers: Pick<SubscriberStore, "all" | "find">;
  readonly tags: Pick<TagReads, "questions">;
  readonly reads: Pick<CampaignReads, "results">;
  /** Who answered a campaign, by name. */
  readonly whoAnswered: (id: CampaignId) => Promise<ReadonlyMap<string, number>>;
}

type Question = (person: Subscriber) => boolean;

/** In the order in which they are known. */
export async function whoMeets(parts: MeetingParts, conditions: Conditions): Promise<readonly Subscriber[]> {
  const questions = await questionsIn(parts, conditions);
  const met: Subscriber[] = [];
  for await (const person of parts.subscribers.all())
    if (person.state === "active" && questions.every((meets) => meets(person))) met.push(person);
  return met;
}

async function questionsIn(parts: MeetingParts, conditions: Conditions): Promise<readonly Question[]> {
  const { sources, languages, joinedSince, got = [], notGot = [], tags, withoutTags } = conditions;
  const questions: Question[] = [];
  if (sources) questions.push(({ source }) => source !== undefined && sources.includes(source));
  if (languages) questions.push((person) => languages.includes(languageOf(person) ?? ""));
  if (joinedSince !== undefined) questions.push(({ at }) => at >= joinedSince);
  if (tags) questions.push(await tagged(parts, tags));
  if (withoutTags) {
    const isTagged = await tagged(parts, withoutTags);
    questions.push((person) => !isTagged(person));
  }
  for (const id of got) questions.push(await writtenTo(parts, id, ["sent"]));
  for (const id of notGot) {
    const mayHave = await writtenTo(parts, id, ["sent", "uncertain", "claimed"]);
    questions.push((person) => !mayHave(person));
  }
  const { answered = [], notAnswered = [] } = conditions;
  for (const id of answered) questions.push(await answeredTo(parts, id));
  for (const id of notAnswered) {
    const hasAnswered = await answeredTo(parts, id);
    questions.push((person) => !hasAnswered(person));
  }
  return questions;
}

async function answeredTo({ subscribers, whoAnswered }: MeetingParts, id: CampaignId): Promise<Question> {
  const people = new Set<number>();
  const names = (await whoAnswered(id)).keys();
  for await (const some of askedTogether(names, (name) => subscribers.find(name)))
    for (const [, person] of some) if (person) people.add(person.id);
  return (person) => people.has(person.id);
}

/** Whether somebody has any of these tags. */
export async function tagged(
  { tags }: Pick<MeetingParts, "tags">,
  any: readonly string[],
): Promise<Question> {
  const has = await tags.questions(any);
  return ({ id, username }) => has(`id${id}`) || (username !== undefined && has(username));
}

/** By person: whoever changed the name since is still who got it. */
async function writtenTo(
  { subscribers, reads }: MeetingParts,
  id: CampaignId,
  states: readonly RecipientState[],
): Promise<Question> {
  const results = await reads.results(id);
  if (!results) throw new Error(`there is no campaign ${id}`);
  const people = new Set<number>();
  const behind = async ({ username, state }: ResultRow) =>
    states.includes(state) ? subscribers.find(username) : undefined;
  for await (const some of askedTogether(results.rows, behind))
    for (const [, person] of some) if (person) people.add(person.id);
  return (person) => people.has(person.id);
}
