/** Makes what takes answers in, and what sends operators' replies: who is behind an answer, and whether they may be written to. */
import type { Channel } from "../channels/channel.ts";
import type { HeardAnswersParts } from "../engine/answers/heard-answers.ts";
import { HeardAnswers } from "../engine/answers/heard-answers.ts";
import type { Engine } from "../engine/engine.ts";
import type { AnswerStore } from "../storage/ports/answers.ts";
import type { OwnReplyStore } from "../storage/ports/own-replies.ts";
import { idInName, namesOfSubscriber } from "../domain/people/subscriber.ts";
import type { Answer } from "../domain/people/answer.ts";
import { isErased } from "../domain/people/answer.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { ReplierParts } from "../engine/answers/replier.ts";
import { Replier } from "../engine/answers/replier.ts";
import type { IdentityStore } from "../storage/ports/identities.ts";
import type { SubscriberStore, SuppressionStore } from "../storage/ports/people.ts";

interface People {
  readonly suppression: Pick<SuppressionStore, "reasonFor">;
  readonly subscribers: Pick<SubscriberStore, "find">;
  readonly identities: { of(channel: string): Promise<Pick<IdentityStore, "namesOf">> };
}

/** A subscriber is found by id: a name may have passed to somebody else. */
export function addressOf({ channel, username, personId }: Answer): string {
  const isId = channel === "telegram" && personId !== undefined && idInName(`id${personId}`) !== undefined;
  return isId ? `id${personId}` : username;
}

interface Stores {
  readonly answerStore: AnswerStore;
  readonly ownReplies: OwnReplyStore;
}

export function openHeardAnswers({
  answerStore,
  channels,
  ...parts
}: Pick<HeardAnswersParts, "campaigns" | "contacts" | "clock" | "emit" | "log"> &
  Pick<Stores, "answerStore"> & { readonly channels: ReadonlyMap<string, Channel> }): HeardAnswers {
  const costs = (name: string): boolean => channels.get(name)?.manifest.prices !== undefined;
  return new HeardAnswers({ ...parts, answers: answerStore, costs });
}

export function openReplier({
  suppression,
  subscribers,
  identities,
  answerStore,
  ownReplies,
  engine,
  ...parts
}: People &
  Stores &
  Pick<ReplierParts, "channels" | "ledgers" | "clock" | "log"> & {
    readonly engine: Pick<Engine, "pool">;
  }): Replier {
  const whyNot = async (answer: Answer): Promise<Reason | undefined> => {
    if (isErased(answer)) return "noSuchName";
    const address = addressOf(answer);
    const { channel, personId } = answer;
    const person = channel === "telegram" ? await subscribers.find(address) : undefined;
    const others = person
      ? namesOfSubscriber(person)
      : personId === undefined
        ? []
        : await (await identities.of(channel)).namesOf(personId);
    const names = new Set([answer.username, address, ...others]);
    for (const name of names) if ((await suppression.reasonFor(name)) !== undefined) return "onDoNotSendList";
    return person && person.state !== "active" ? "unsubscribed" : undefined;
  };
  return new Replier({
    ...parts,
    answers: answerStore,
    replies: ownReplies,
    pool: (channel) => engine.pool(channel),
    addressOf,
    whyNot,
  });
}
