/**
 * The ports to what is known of people over all campaigns: who must not be written to, who was, who subscribed, what they answered.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type { CampaignId } from "../../domain/campaign.ts";
import type { RecentContacts } from "../../domain/people/contacts.ts";
import type { SkipReason } from "../../domain/recipient.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Suppression, SuppressionDetail } from "../../domain/people/suppression.ts";

/** The do-not-send list. Names are normalised; it outlives every campaign and every `cleanup`. */
export interface SuppressionStore extends AsyncDisposable {
  readonly size: number;
  /** Why a campaign must skip this name; undefined when it may be written to. */
  reasonFor(username: string): SkipReason | undefined;
  /** Binds the next claim of every campaign at once. Answers how many names were new; for the others the reason changes. */
  add(usernames: readonly string[], detail: SuppressionDetail): Promise<number>;
  /** Answers how many were on the list. */
  remove(usernames: readonly string[], at: number): Promise<number>;
  list(): Iterable<Suppression>;
}

/** Who was written to when, over all campaigns. */
export interface ContactHistory {
  /** Misses nobody whom a journal says was sent a message through the channel since then. */
  since(channel: string, since: number): Promise<RecentContacts>;
  /**
   * Makes the question whether one campaign ever wrote to somebody, may have, or just does; goes on being true while it
   * runs. Rejects when its people can't be read: then nobody can be said not to be among them.
   */
  writtenBy(id: CampaignId): Promise<(username: string) => boolean>;
}

/** Up to where each account's replies were read. Behind the truth it costs a reading, never a reply. */
export interface ReplyCursorStore {
  get(channel: string, account: string): string | undefined;
  save(channel: string, account: string, cursor: string): Promise<void>;
}

/** Who pressed Start on the bot, and who left. Outlives every campaign and every `cleanup`. */
export interface SubscriberStore extends AsyncDisposable {
  get(id: number): Subscriber | undefined;
  /** The person who has this name, or had it last; `id123` is the person with that Telegram id. */
  find(name: string): Subscriber | undefined;
  /** Everybody who ever subscribed, those who left too. */
  all(): Iterable<Subscriber>;
  /** Says how one person stands from now on: binds the next claim of every campaign at once. */
  put(subscriber: Subscriber): Promise<void>;
}
