/**
 * Takes in what people wrote that is no word to stop: says which campaign it answers and whether a program wrote it, and
 * keeps it. Promises that an answer is on disk before anybody is told of it, and that the same message is one answer.
 */
import type { Answer, NewAnswer } from "../../domain/people/answer.ts";
import { isAutomaticAnswer } from "../../domain/people/automatic-answers.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Clock } from "../../lib/clock.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { AnswerStore } from "../../storage/ports/answers.ts";
import type { ContactHistory } from "../../storage/ports/people.ts";

/** Something that somebody wrote to an account of ours. */
export interface Heard extends Pick<
  NewAnswer,
  "channel" | "account" | "personId" | "text" | "media" | "at" | "key"
> {
  /** Every name under which they may have been written to; the first is the one they have now. */
  readonly names: readonly [string, ...string[]];
  /** Of somebody whom no campaign wrote to lately nothing is kept: the inbox is not Peyk's alone. */
  readonly mustAnswer: boolean;
}

/** An answer belongs to a campaign that wrote no longer ago than this, in ms; X shows messages of thirty days. */
const ANSWERS_WITHIN_MS = 30 * 24 * 3_600_000;

/** How far the platform's clock may be from ours: an answer never came before what it answers. */
const CLOCKS_APART_MS = 60_000;

export interface HeardAnswersParts {
  readonly answers: AnswerStore;
  readonly campaigns: Pick<CampaignStore, "all">;
  readonly contacts: Pick<ContactHistory, "since">;
  readonly clock: Pick<Clock, "now">;
  /** Whether reading what people write through a channel costs. */
  readonly costs: (channel: string) => boolean;
  readonly emit: (event: CampaignEvent) => void;
  readonly log: { error(message: string): void };
}

export class HeardAnswers {
  readonly #parts: HeardAnswersParts;
  readonly #listeners = new Set<(answer: Answer) => void>();

  constructor(parts: HeardAnswersParts) {
    this.#parts = parts;
  }

  /** Keeps an answer, where its channel's are kept; undefined otherwise and for a message that was taken in before. */
  async take(heard: Heard): Promise<Answer | undefined> {
    if (!(await this.isKept(heard.channel))) return undefined;
    const { names: _, mustAnswer, ...said } = heard;
    const answered = await this.#answered(heard);
    if (mustAnswer && answered.campaignId === undefined) return undefined;
    const answer = await this.#parts.answers.append({
      ...said,
      ...answered,
      ...(isAutomaticAnswer(heard.text) ? { isAutomatic: true } : {}),
    });
    if (answer) this.#tell(answer);
    return answer;
  }

  /** By the operator's word, else where reading is free; and wherever follow-ups go by it. */
  async isKept(channel: string): Promise<boolean> {
    if (await this.isShown(channel)) return true;
    return (await this.#parts.campaigns.all()).some((one) => one.channel === channel && isFollowedUp(one));
  }

  /** Whether operators are told of this channel's answers. */
  async isShown(channel: string): Promise<boolean> {
    const { answers, costs } = this.#parts;
    return (await answers.kept()).get(channel) ?? !costs(channel);
  }

  /** Calls the listener for each answer that is on disk, until the returned function is called. */
  watch(listener: (answer: Answer) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Under which name they were written to, and by which campaign last. */
  async #answered({ channel, names, at }: Heard): Promise<Pick<NewAnswer, "username" | "campaignId">> {
    const { contacts, clock, log } = this.#parts;
    try {
      const lately = await contacts.since(channel, clock.now() - ANSWERS_WITHIN_MS);
      const [last] = names
        .map((username) => ({
          username,
          wroteAt: lately.latest(username, NO_CAMPAIGN) ?? Infinity,
          campaignId: lately.latestFrom(username, NO_CAMPAIGN),
        }))
        .filter(({ wroteAt }) => wroteAt <= at + CLOCKS_APART_MS)
        .toSorted((a, b) => b.wroteAt - a.wroteAt);
      if (last?.campaignId !== undefined) return { username: last.username, campaignId: last.campaignId };
    } catch (error) {
      log.error(`which campaign an answer belongs to is not known: ${String(error)}`);
    }
    return { username: names[0] };
  }

  #tell(answer: Answer): void {
    const { emit } = this.#parts;
    const { campaignId, username, account, at, number, isAutomatic } = answer;
    if (campaignId !== undefined && !isAutomatic)
      emit({ kind: "answered", campaignId, at, username, account, number });
    for (const listener of this.#listeners) listener(answer);
  }
}

/** Every campaign counts. */
const NO_CAMPAIGN = "";

function isFollowedUp({ followUps, followsUp }: Campaign): boolean {
  return followUps !== undefined || followsUp !== undefined;
}
