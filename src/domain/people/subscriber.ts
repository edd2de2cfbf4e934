/**
 * People who pressed Start on the bot: what is known of each, by what name a campaign calls them, and what ends their
 * subscription. Nobody else may be written to through Telegram.
 */
import type { KnownPerson } from "../recipient.ts";
import { keepingNames } from "./former-names.ts";

export const subscriberStates = ["active", "stopped", "blocked", "deactivated"] as const;

/** `stopped` is the person's own word, `blocked` what they did to the bot, `deactivated` Telegram's about the account. */
export type SubscriberState = (typeof subscriberStates)[number];

export interface Subscriber {
  /** Telegram's id of the person; never changes. */
  readonly id: number;
  /** As Telegram last said, in lower case; absent when the person has none. */
  readonly username?: string;
  /** Usernames they had before, also where somebody else has one by now; absent: none that is known. */
  readonly formerly?: readonly string[];
  readonly firstName: string;
  /** Of the person's Telegram, e.g. `fa`. */
  readonly languageCode?: string;
  /** The language they chose for themselves; absent: none. */
  readonly chosenLanguage?: string;
  /** Parameter of the link through which the person came, e.g. `poster`. */
  readonly source?: string;
  /** Chat to write to, where Telegram moved it; absent: the id. */
  readonly chatId?: number;
  readonly state: SubscriberState;
  /** Since when the state holds, ms since the epoch. */
  readonly at: number;
}

/** What Telegram says of a person with every update. */
export type SubscriberProfile = Pick<Subscriber, "id" | "username" | "firstName" | "languageCode">;

/** Names of this shape always mean a Telegram id: somebody may have no username, or one that looks like this. */
const ID_NAME = /^id(\d{1,16})$/;

/** The name under which campaigns write to a subscriber: the username, else `id` and the Telegram id. */
export function recipientNameOf({ id, username }: Pick<Subscriber, "id" | "username">): string {
  return username === undefined || ID_NAME.test(username) ? `id${id}` : username;
}

/**
 * Every name that means a subscriber on a list or on the do-not-send list: those they have or had, and their id, with `id`
 * before it and without, which no username of Telegram looks like.
 */
export function namesOfSubscriber({
  id,
  username,
  formerly = [],
}: Pick<Subscriber, "id" | "username" | "formerly">): readonly string[] {
  return [...(username === undefined ? [] : [username]), ...formerly, `id${id}`, String(id)];
}

/**
 * The language somebody speaks without its country, e.g. `fa`: by their own choice, else as their Telegram is set; undefined where
 * neither says.
 */
export function languageOf({
  chosenLanguage,
  languageCode,
}: Pick<Subscriber, "chosenLanguage" | "languageCode">): string | undefined {
  return (chosenLanguage ?? languageCode)?.split("-", 1)[0]?.toLowerCase();
}

/** What a claim must know of whoever is behind a name: one person whatever they are called, and whether they left. */
export function knownAs(
  person:
    | Pick<Subscriber, "id" | "username" | "formerly" | "state" | "languageCode" | "chosenLanguage">
    | undefined,
): KnownPerson {
  if (!person) return {};
  const { id, state, chosenLanguage: chosen, languageCode: app } = person;
  const spoken = { ...(chosen === undefined ? {} : { chosen }), ...(app === undefined ? {} : { app }) };
  return {
    personId: String(id),
    names: namesOfSubscriber(person),
    hasLeft: state !== "active",
    ...(chosen === undefined && app === undefined ? {} : { spoken }),
  };
}

/** The Telegram id a name of the shape `id123` stands for. */
export function idInName(name: string): number | undefined {
  const digits = ID_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A deep link's parameter as Telegram allows it (1 to 64 of `A-Z a-z 0-9 _ -`), or nothing. */
export function sourceOf(parameter: string): string | undefined {
  return /^[\w-]{1,64}$/.test(parameter) ? parameter : undefined;
}

/** The person pressed Start. Whoever comes back without a source keeps the one they first came with. */
export function subscribed(
  before: Subscriber | undefined,
  profile: SubscriberProfile,
  { source, at }: { readonly source?: string | undefined; readonly at: number },
): Subscriber {
  const kept = source ?? before?.source;
  const since = before?.state === "active" ? before.at : at;
  return {
    ...profile,
    ...(before?.formerly ? { formerly: before.formerly } : {}),
    ...(kept === undefined ? {} : { source: kept }),
    ...(before?.chatId === undefined ? {} : { chatId: before.chatId }),
    ...(before?.chosenLanguage === undefined ? {} : { chosenLanguage: before.chosenLanguage }),
    state: "active",
    at: since,
  };
}

/**
 * The subscription ends. The person's own word outlasts what Telegram says later: who said stop and then blocks the
 * bot has stopped.
 */
export function departed(
  before: Subscriber,
  state: Exclude<SubscriberState, "active">,
  at: number,
): Subscriber {
  if (before.state === state || (before.state === "stopped" && state === "blocked")) return before;
  return { ...before, state, at };
}

/** Takes over what Telegram says of the person now; answers the very same subscriber when nothing is new. */
export function withProfile(before: Subscriber, profile: SubscriberProfile): Subscriber {
  const { username: _username, languageCode: _languageCode, ...rest } = before;
  const isSame =
    before.username === profile.username &&
    before.firstName === profile.firstName &&
    before.languageCode === profile.languageCode;
  return isSame ? before : { ...rest, ...profile };
}

/**
 * All subscribers as they stand, found by id and by every name they have or had. A name belongs to whoever was last
 * seen with it; those who changed theirs are still found under the old one until somebody else takes it.
 */
export class SubscriberBook {
  readonly #byId = new Map<number, Subscriber>();
  readonly #idsByName = new Map<string, number>();

  /** Takes in how one person stands from now on. */
  put(subscriber: Subscriber): void {
    const { id, username } = subscriber;
    this.#byId.set(id, keepingNames(this.#byId.get(id), subscriber));
    if (username === undefined) return;
    const holder = this.#byId.get(this.#idsByName.get(username) ?? id);
    this.#idsByName.set(username, id);
    if (holder && holder.id !== id && holder.username === username)
      this.#byId.set(holder.id, withoutName(holder));
  }

  get(id: number): Subscriber | undefined {
    return this.#byId.get(id);
  }

  /** @param name Normalised, or of the shape `id123` */
  find(name: string): Subscriber | undefined {
    const byId = this.#byId.get(idInName(name) ?? -1);
    return byId ?? this.#byId.get(this.#idsByName.get(name) ?? -1);
  }

  all(): Iterable<Subscriber> {
    return this.#byId.values();
  }

  /** Every name that anybody was ever seen with, and the id of who was last. */
  get names(): ReadonlyMap<string, number> {
    return this.#idsByName;
  }
}

/** Somebody whose name another person has by now. */
export function withoutName(subscriber: Subscriber): Subscriber {
  const { username: _username, ...rest } = subscriber;
  return keepingNames(subscriber, rest);
}
