/** What a person wrote back to an account of ours, and how answers are counted. */
import type { CampaignId } from "../campaign.ts";

/** What an answer is where it is no text. */
export const answerMedia = [
  "photo",
  "video",
  "voice",
  "audio",
  "sticker",
  "animation",
  "document",
  "location",
  "contact",
  "poll",
  "other",
] as const;
export type AnswerMedia = (typeof answerMedia)[number];

/** Somebody's answer before it has a number. */
export interface NewAnswer {
  readonly channel: string;
  /** Ours, that was written to. */
  readonly account: string;
  /** Normalised; the name under which we wrote to them where that is known. */
  readonly username: string;
  /** The platform's id of the person, where it is known. */
  readonly personId?: string;
  /** Their words, or those under what they sent; may be empty. */
  readonly text: string;
  /** Absent: it is a text alone. */
  readonly media?: AnswerMedia;
  /** When they wrote it, ms since the epoch. */
  readonly at: number;
  /** The campaign that wrote to them last before; absent: none did lately. */
  readonly campaignId?: CampaignId;
  /** A program wrote it, as far as can be seen: it counts as no answer. */
  readonly isAutomatic?: true;
  /** The platform's id of the message within the channel: the same message is one answer however often it is read. */
  readonly key: string;
}

export interface Answer extends NewAnswer {
  /** From 1 in the order in which they were taken in. */
  readonly number: number;
}

/** Says which people are meant: by names, and by ids of a platform. */
export interface WhoAnswered {
  readonly names: readonly string[];
  readonly ids: readonly string[];
}

/** Tells whether an answer is theirs. A name may have been somebody else's before: where ids are known they decide. */
export function isBy({ username, personId }: NewAnswer, { names, ids }: WhoAnswered): boolean {
  return personId === undefined || ids.length === 0 ? names.includes(username) : ids.includes(personId);
}

/** How many people wrote these answers, and how many of them were written by programs, which is nobody's answer. */
export function countedIn(answers: readonly NewAnswer[]): {
  readonly people: number;
  readonly automatic: number;
} {
  const own = answers.filter(({ isAutomatic }) => !isAutomatic);
  const people = new Set(
    own.map(({ channel, username, personId }) => `${channel} ${personId ?? `@${username}`}`),
  );
  return { people: people.size, automatic: answers.length - own.length };
}

/**
 * What stays of an answer when its person is erased: that there was one, when and to which campaign; who wrote and what is
 * gone.
 * @param first Number of the person's first answer: by it they stay one person in the counts
 */
export function erasedAnswer(
  { number, channel, account, at, campaignId, isAutomatic }: Answer,
  first: number,
): Answer {
  return {
    number,
    channel,
    account,
    // No name can look like this one.
    username: `#${first}`,
    text: "",
    at,
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(isAutomatic ? { isAutomatic } : {}),
    key: "",
  };
}

/** Tells whether its person was erased. */
export function isErased({ username }: Pick<NewAnswer, "username">): boolean {
  return username.startsWith("#");
}

/** All answers, by number, and who answered which campaign. */
export class AnswerBook {
  readonly #all = new Map<number, Answer>();
  readonly #keys = new Set<string>();
  /** By campaign: who answered, and when for the first time. */
  readonly #answered = new Map<CampaignId, Map<string, number>>();
  /** By channel and name: when they answered last. */
  readonly #last = new Map<string, number>();
  #number = 0;

  get lastNumber(): number {
    return this.#number;
  }

  /** Tells whether this message was taken in before. */
  has({ channel, key }: Pick<NewAnswer, "channel" | "key">): boolean {
    return key !== "" && this.#keys.has(`${channel} ${key}`);
  }

  /** Takes in an answer with a new number. */
  put(answer: Answer): void {
    this.#all.set(answer.number, answer);
    this.#number = Math.max(this.#number, answer.number);
    if (answer.key !== "") this.#keys.add(`${answer.channel} ${answer.key}`);
    this.#count(answer);
  }

  /** Takes a person out; answers how many answers of theirs there were. */
  erase(who: WhoAnswered): number {
    const theirs = this.all().filter((one) => isBy(one, who));
    const first = theirs[0]?.number ?? 0;
    for (const one of theirs) {
      this.#keys.delete(`${one.channel} ${one.key}`);
      this.#all.set(one.number, erasedAnswer(one, first));
    }
    if (theirs.length > 0) this.#countAnew();
    return theirs.length;
  }

  get(number: number): Answer | undefined {
    return this.#all.get(number);
  }

  /** Oldest first. */
  all(): readonly Answer[] {
    return [...this.#all.values()];
  }

  /** Who answered a campaign, automatic answers left out, with the moment of the first one. */
  answered(id: CampaignId): ReadonlyMap<string, number> {
    return this.#answered.get(id) ?? new Map<string, number>();
  }

  /** When one of these last wrote through the channel what is no automatic answer, ms since the epoch. */
  lastFrom(channel: string, names: readonly string[]): number | undefined {
    const moments = names
      .map((name) => this.#last.get(`${channel} ${name}`))
      .filter((at) => at !== undefined);
    return moments.length === 0 ? undefined : Math.max(...moments);
  }

  #countAnew(): void {
    this.#answered.clear();
    this.#last.clear();
    for (const one of this.#all.values()) this.#count(one);
  }

  #count({ channel, username, personId, campaignId, at, isAutomatic }: Answer): void {
    if (isAutomatic) return;
    for (const name of [username, ...(personId === undefined ? [] : [personId])]) {
      const key = `${channel} ${name}`;
      this.#last.set(key, Math.max(at, this.#last.get(key) ?? -Infinity));
    }
    if (campaignId === undefined) return;
    let answered = this.#answered.get(campaignId);
    if (!answered) this.#answered.set(campaignId, (answered = new Map<string, number>()));
    answered.set(username, Math.min(at, answered.get(username) ?? Infinity));
  }
}
