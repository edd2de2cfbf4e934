/** What people answer: how it comes in through the bot, and how operators look at it. */
import type { Channel, Prices } from "../../channels/channel.ts";
import type { Answer, AnswerMedia } from "../../domain/people/answer.ts";
import { isErased } from "../../domain/people/answer.ts";
import type { AskedReply, OwnReply } from "../../domain/people/own-reply.ts";
import type { Replier } from "../../engine/answers/replier.ts";
import type { Clock } from "../../lib/clock.ts";
import type { OwnReplyStore } from "../../storage/ports/own-replies.ts";
import { soughtIn } from "../../domain/people/sought.ts";
import type { SubscriberProfile } from "../../domain/people/subscriber.ts";
import { recipientNameOf } from "../../domain/people/subscriber.ts";
import type { HeardAnswers } from "../../engine/answers/heard-answers.ts";
import type { AnswerReads, AnswerStore } from "../../storage/ports/answers.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { PersonReads } from "../../storage/ports/person-reads.ts";
import type { SubscriberStore } from "../../storage/ports/people.ts";
import { idMeant } from "../campaigns/campaign-id.ts";
import type { WhoParts } from "./ask-who.ts";
import { rowsIn } from "./ask-who.ts";

/** Something that somebody wrote to the bot in their private chat. */
export interface WrittenToBot {
  readonly text: string;
  readonly media?: AnswerMedia;
  /** ms since the epoch */
  readonly at: number;
  readonly messageId: number;
}

/** An answer with what it answers. */
export interface AnswerView {
  readonly answer: Answer;
  /** What they were sent, as plain text; absent: no campaign wrote to them lately, or it is not known any more. */
  readonly answered?: string;
  /** What operators wrote back, the oldest first. */
  readonly replies: readonly OwnReply[];
}

/** What came of asking for a reply. */
export type ReplyResult =
  | { readonly ok: true; readonly reply: OwnReply }
  | { readonly ok: false; readonly problem: "noAnswer" | "empty" | "notSetUp" }
  | { readonly ok: false; readonly problem: "tooLong"; readonly length: number; readonly max: number };

/** Nothing was sent: somebody else's reply is the last one. */
export interface AnotherReply {
  readonly ok: false;
  readonly problem: "another";
  readonly another: OwnReply;
}

/** A channel whose answers can be kept. */
export interface AnswerChannel {
  readonly name: string;
  readonly isOn: boolean;
  /** What reading one message costs, in US dollars by the price of that day (YYYY-MM-DD); absent: nothing. */
  readonly price?: { readonly dollars: number; readonly asOf: string };
}

export interface LookingAtAnswers {
  get(number: number): Promise<AnswerView | undefined>;
  /**
   * What a campaign or a person answered, or all there is, newest first. @param about A task id in any spelling, or a
   * person's name, link or id; whoever has the name of a campaign is found by `@name`
   */
  list(about?: string): Promise<readonly Answer[]>;
  /** What operators wrote back to an answer, by its number; the oldest first. */
  repliesTo(number: number): Promise<readonly OwnReply[]>;
}

export interface Answers extends LookingAtAnswers {
  /** Keeps what a subscriber wrote to the bot; undefined for anybody else, and where it is not kept or was there already. */
  heard(profile: SubscriberProfile, written: WrittenToBot): Promise<Answer | undefined>;
  /** Those that operators are told of behind a number, oldest first, the first `count` of them; and how far that looked. */
  after(
    number: number,
    count: number,
  ): Promise<{ readonly answers: readonly Answer[]; readonly upTo: number }>;
  lastNumber(): Promise<number>;
  channels(): Promise<readonly AnswerChannel[]>;
  /** Tells operators of a channel's answers from now on, or no more. False: there is no such channel here. */
  keep(channel: string, isOn: boolean): Promise<boolean>;
  /**
   * Sends a person what an operator writes to their answer, from the account that wrote to them. Asked for again under
   * the same id it is not sent again; one that must wait for a limit is planned, and is told when it has ended.
   */
  reply(asked: Omit<AskedReply, "at">): Promise<ReplyResult>;
  /** As {@link reply}, while the last reply to the answer is nobody else's; else nothing is sent, and that one is told. */
  replyIfAlone(asked: Omit<AskedReply, "at">): Promise<ReplyResult | AnotherReply>;
  /** Replies that ended while nobody waited for {@link reply} to tell it are given to the listener, until the returned function is called. */
  watchReplies(listener: (reply: OwnReply) => void): () => void;
  /** Those of them that ended before anybody watched. */
  untold(): Promise<readonly OwnReply[]>;
  /**
   * Has one of them said, and writes down that it was. False, and nothing is said: it was before, or is being said by somebody
   * else, as when the asking is read again after a restart.
   */
  tell(replyId: string, say: () => Promise<unknown>): Promise<boolean>;
  /** Calls the listener for every answer that came in, until the returned function is called. */
  watch(listener: (answer: Answer) => void): () => void;
}

interface LookParts extends Omit<WhoParts, "tags"> {
  readonly answers: () => Promise<AnswerReads>;
  readonly repliesTo: (answer: number) => Promise<readonly OwnReply[]>;
  readonly campaigns: Pick<CampaignStore, "all" | "get">;
}

export function createLookingAtAnswers(parts: LookParts): LookingAtAnswers {
  return {
    async get(number) {
      const answer = await (await parts.answers()).get(number);
      if (!answer) return undefined;
      return { answer, ...(await answeredText(parts, answer)), replies: await parts.repliesTo(number) };
    },
    repliesTo: (number) => parts.repliesTo(number),
    async list(about) {
      const answers = await parts.answers();
      if (about === undefined) return answers.byCampaign();
      const id = await idMeant(parts.campaigns, about);
      if (await parts.campaigns.get(id)) return answers.byCampaign(id);
      const sought = soughtIn(about);
      return sought.ok ? answers.byPerson(await everyNameOf(parts.person, sought)) : [];
    },
  };
}

/** One person may have answered under several names. */
async function everyNameOf(
  person: Pick<PersonReads, "behind">,
  { names, ids }: { readonly names: readonly string[]; readonly ids: readonly string[] },
) {
  const kept = await person.behind({ names, ids }).catch(() => []);
  const theirs = kept.filter(({ passedOn }) => !names.some((name) => passedOn.includes(name)));
  return { names, ids: [...ids, ...theirs.map(({ id }) => id)] };
}

async function answeredText(
  parts: LookParts,
  { campaignId, username }: Answer,
): Promise<Pick<AnswerView, "answered">> {
  const campaign = campaignId === undefined ? undefined : await parts.campaigns.get(campaignId);
  const rows = campaign ? await rowsIn(parts, campaign, [username]).catch(() => []) : [];
  const text = rows[0]?.text;
  return text === undefined ? {} : { answered: text };
}

interface Parts extends LookParts {
  readonly heardAnswers: HeardAnswers;
  readonly store: AnswerStore;
  readonly replier: Replier;
  readonly ownReplies: OwnReplyStore;
  readonly clock: Pick<Clock, "now">;
  readonly subscribers: Pick<SubscriberStore, "get">;
  readonly channels: ReadonlyMap<string, Channel>;
}

/** It came to an end that nobody was told. */
function hasEnded({ state, isTold }: OwnReply): boolean {
  return !isTold && state !== "planned" && state !== "claimed";
}

/** @param send Takes in what can be sent */
async function reply<T>(
  { store, channels, clock }: Parts,
  asked: Omit<AskedReply, "at">,
  send: (reply: AskedReply) => Promise<T>,
): Promise<T | Extract<ReplyResult, { ok: false }>> {
  const text = asked.text.trim();
  const answer = await store.get(asked.answer);
  if (!answer || isErased(answer)) return { ok: false, problem: "noAnswer" };
  const manifest = channels.get(answer.channel)?.manifest;
  if (!manifest) return { ok: false, problem: "notSetUp" };
  if (text === "") return { ok: false, problem: "empty" };
  const [length, max] = [text.length, manifest.maxMessageLength];
  if (length > max) return { ok: false, problem: "tooLong", length, max };
  return send({ ...asked, text, at: clock.now() });
}

export function answerChannel(name: string, isOn: boolean, prices: Prices | undefined): AnswerChannel {
  return { name, isOn, ...(prices ? { price: { dollars: prices.perReply, asOf: prices.asOf } } : {}) };
}

/** The bot's own account on its channel. */
const BOT = { channel: "telegram", account: "bot" } as const;

export function createAnswers(parts: Parts): Answers {
  const { heardAnswers, store, subscribers, channels } = parts;
  const hearing = (): readonly Channel[] =>
    [...channels.values()].filter(({ manifest }) => manifest.hearsAnswers);
  return {
    ...createLookingAtAnswers(parts),
    async heard(profile, { messageId, ...said }) {
      if ((await subscribers.get(profile.id))?.state !== "active") return undefined;
      return heardAnswers.take({
        ...BOT,
        ...said,
        names: [recipientNameOf(profile), `id${profile.id}`],
        mustAnswer: false,
        personId: String(profile.id),
        key: `${profile.id}:${messageId}`,
      });
    },
    async after(number, count) {
      const found = await store.after(number, count);
      const areShown = await Promise.all(found.map(({ channel }) => heardAnswers.isShown(channel)));
      return { answers: found.filter((_, at) => areShown[at]), upTo: found.at(-1)?.number ?? number };
    },
    lastNumber: () => store.lastNumber(),
    channels: () =>
      Promise.all(
        hearing().map(async ({ manifest: { name, prices } }) =>
          answerChannel(name, await heardAnswers.isShown(name), prices),
        ),
      ),
    async keep(channel, isOn) {
      if (!hearing().some(({ manifest }) => manifest.name === channel)) return false;
      await store.keep(channel, isOn);
      return true;
    },
    watch: (listener) => heardAnswers.watch(listener),
    ...createReplying(parts),
  };
}

/** Replies, and who is told what came of each: once, by whoever asks for it first. */
function createReplying(
  parts: Parts,
): Pick<Answers, "reply" | "replyIfAlone" | "watchReplies" | "untold" | "tell"> {
  const { replier } = parts;
  /** Ids of replies whose askers are told by the answer that they wait for. */
  const awaited = new Set<string>();
  const beingTold = new Set<string>();
  const awaiting = async <T>(asked: Omit<AskedReply, "at">, send: (reply: AskedReply) => Promise<T>) => {
    awaited.add(asked.id);
    try {
      return await reply(parts, asked, send);
    } finally {
      awaited.delete(asked.id);
    }
  };
  return {
    reply: (asked) =>
      awaiting(asked, async (one): Promise<ReplyResult> => ({ ok: true, reply: await replier.reply(one) })),
    replyIfAlone: (asked) =>
      awaiting(asked, async (one): Promise<ReplyResult | AnotherReply> => {
        const came = await replier.replyIfAlone(one);
        return "reply" in came ? { ok: true, ...came } : { ok: false, problem: "another", ...came };
      }),
    watchReplies: (listener) => replier.watch((one) => !awaited.has(one.id) && listener(one)),
    untold: async () => (await parts.ownReplies.open()).filter(hasEnded),
    async tell(id, say) {
      if (beingTold.has(id)) return false;
      beingTold.add(id);
      try {
        const isUntold = (await parts.ownReplies.open()).some((one) => one.id === id && hasEnded(one));
        if (!isUntold) return false;
        await say();
        await parts.ownReplies.told(id, parts.clock.now());
        return true;
      } finally {
        beingTold.delete(id);
      }
    },
  };
}
