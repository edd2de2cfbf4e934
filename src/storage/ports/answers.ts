/**
 * The port to what people answered. Their words stand here and nowhere else in what Peyk keeps for good, so whoever is
 * erased is erased by {@link AnswerStore.erase}: names, ids and texts go from the store itself, under every name and id they
 * are known by; what stays is that somebody answered that campaign at that moment, so counts still add up. What writes
 * resolves when it is durable.
 */
import type { CampaignId } from "../../domain/campaign.ts";
import type { Answer, NewAnswer, WhoAnswered } from "../../domain/people/answer.ts";

/** Whoever only looks needs no more; nothing is opened for it. */
export interface AnswerReads {
  get(number: number): Promise<Answer | undefined>;
  /** Answers behind a number, oldest first; the first `count` of them. */
  after(number: number, count: number): Promise<readonly Answer[]>;
  /** Everything these people wrote, newest first. */
  byPerson(who: WhoAnswered): Promise<readonly Answer[]>;
  /** Everything that was written to a campaign, or all there is where none is named; newest first. */
  byCampaign(id?: CampaignId): Promise<readonly Answer[]>;
  /** Who answered a campaign, by name, with the moment of their first answer; automatic ones are none. */
  answered(id: CampaignId): Promise<ReadonlyMap<string, number>>;
  /** Number of the newest answer, 0 before the first. */
  lastNumber(): Promise<number>;
  /** By channel: whether its answers are kept by an operator's word; who is not in it was never switched. */
  kept(): Promise<ReadonlyMap<string, boolean>>;
}

export interface AnswerStore extends AnswerReads, AsyncDisposable {
  /** Takes an answer in and gives it its number; undefined, and nothing changes, for a message that is there already. */
  append(answer: NewAnswer): Promise<Answer | undefined>;
  /** Keeps what is answered on a channel from now on, or no more. */
  keep(channel: string, isOn: boolean): Promise<void>;
  /** Takes people and their words out for good; answers how many answers it was. */
  erase(who: WhoAnswered): Promise<number>;
}
