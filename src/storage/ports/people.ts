/**
 * The ports to what is known of people over all campaigns: who must not be written to, who was, who subscribed, what they answered.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type { CampaignId } from "../../domain/campaign.ts";
import type { RecentContacts } from "../../domain/people/contacts.ts";
import type { SubscriberChange } from "../../domain/people/growth.ts";
import type { SkipReason } from "../../domain/recipient.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Suppression, SuppressionDetail } from "../../domain/people/suppression.ts";

/** The do-not-send list. Names are normalised; it outlives every campaign and every `cleanup`. */
export interface SuppressionStore extends AsyncDisposable {
  count(): Promise<number>;
  /** Grows with every change: what was made of the list at another revision is not true any more. */
  revision(): Promise<number>;
  /** Why a campaign must skip this name; undefined when it may be written to. */
  reasonFor(username: string): Promise<SkipReason | undefined>;
  /** Makes the same question for very many names; what is answered is true of the list as it is now, or is later. */
  questions(): Promise<(username: string) => SkipReason | undefined>;
  /**
   * Binds the next claim of every campaign: of this process at the call, of every other when it resolves. Answers how many
   * names were new; for the others the reason changes.
   */
  add(usernames: readonly string[], detail: SuppressionDetail): Promise<number>;
  /**
   * Frees nobody before it is durable, and nobody who is added meanwhile. Answers how many were on the list.
   * @param wantedAt Whoever was added after this moment stays too; absent: it is wanted now
   */
  remove(usernames: readonly string[], at: number, wantedAt?: number): Promise<number>;
  list(): AsyncIterable<Suppression>;
}

/** Who was written to when, over all campaigns. */
export interface ContactHistory {
  /**
   * Has at hand what every claim through the channel asks of whoever was ever written to through it.
   * @throws when that can't be read: then nobody knows who may have answered
   */
  ready(channel: string): Promise<void>;
  /** Misses nobody whom a journal says was sent a message through the channel since then. */
  since(channel: string, since: number): Promise<RecentContacts>;
  /**
   * Makes the question whether one campaign ever wrote to somebody, may have, or just does; goes on being true while it
   * runs. Rejects when its people can't be read: then nobody can be said not to be among them.
   */
  writtenBy(id: CampaignId): Promise<(username: string) => boolean>;
}

/** A campaign that may not be left out of: its people can't be known. */
export class UnknownExcludedError extends Error {
  override readonly name = "UnknownExcludedError";

  constructor(id: CampaignId) {
    super(`the people of ${id} are to be left out, and there is no such campaign`);
  }
}

/** Up to where each account's replies were read. Behind the truth it costs a reading, never a reply. */
export interface ReplyCursorStore {
  get(channel: string, account: string): Promise<string | undefined>;
  /**
   * Moves on from one place to the next. Answers false, and leaves it where it is, when another reader moved it meanwhile.
   * @param step `from`: where the reading began, absent when nothing had been read
   */
  move(
    channel: string,
    account: string,
    step: { readonly from?: string | undefined; readonly to: string },
  ): Promise<boolean>;
}

/** How subscriptions began and ended over time. */
export interface SubscriberHistory {
  /** Everything that ever began or ended one, in any order; it names nobody. Of whoever is erased nothing is told. */
  changes(): AsyncIterable<SubscriberChange>;
}

/** Who pressed Start on the bot, and who left. Outlives every campaign and every `cleanup`. */
export interface SubscriberStore extends SubscriberHistory, AsyncDisposable {
  get(id: number): Promise<Subscriber | undefined>;
  /**
   * The person who has this name, or had it last; `id123` is the person with that Telegram id. Many that are asked for at the
   * same moment are one question.
   */
  find(name: string): Promise<Subscriber | undefined>;
  /** Everybody who ever subscribed, those who left too. */
  all(): AsyncIterable<Subscriber>;
  /**
   * Puts what `to` makes of one person in their place and answers that; undefined changes nothing. Nobody else's change
   * comes between. Binds the next claim of every campaign: of this process at the call, of every other when it resolves.
   */
  change(
    id: number,
    to: (from: Subscriber | undefined) => Subscriber | undefined,
  ): Promise<Subscriber | undefined>;
}
