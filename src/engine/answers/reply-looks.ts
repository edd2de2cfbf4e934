/**
 * Looks into the conversation for replies of which nobody knows whether they arrived, as often and as long as for a
 * campaign's messages. What is found settles the reply; nothing is ever sent again by it. A stop or a kill loses nothing: the
 * next process looks for all that are uncertain still.
 */
import type { Channel, ReadBack, ReadBackRequest } from "../../channels/channel.ts";
import type { Answer } from "../../domain/people/answer.ts";
import { isErased } from "../../domain/people/answer.ts";
import type { OwnReply, ReplyEnding } from "../../domain/people/own-reply.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import type { Uncertainty } from "../../domain/uncertainty.ts";
import { isBelievedAbsent, nextLookAt, noLooks } from "../../domain/uncertainty.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AnswerReads } from "../../storage/ports/answers.ts";
import type { OwnReplyStore } from "../../storage/ports/own-replies.ts";
import { lookedAgain } from "../uncertain/looked-again.ts";

export interface ReplyLooksParts {
  readonly answers: Pick<AnswerReads, "get" | "byPerson">;
  readonly replies: Pick<OwnReplyStore, "to">;
  readonly channels: ReadonlyMap<string, Channel>;
  /** What was asked of the channel. */
  readonly requestFor: (answer: Answer, reply: OwnReply) => Omit<ReadBackRequest, "claimedAt">;
  readonly settle: (id: string, ending: ReplyEnding) => Promise<void>;
  readonly clock: Clock;
  readonly log: { error(message: string): void };
}

export class ReplyLooks {
  readonly #parts: ReplyLooksParts;
  readonly #stopped = new AbortController();
  readonly #looking = new Map<string, Promise<void>>();

  constructor(parts: ReplyLooksParts) {
    this.#parts = parts;
  }

  /** Looks for a reply until it is found, believed not to have arrived, or left to the operator. */
  takeOn(reply: OwnReply): void {
    const { id } = reply;
    if (this.#stopped.signal.aborted || this.#looking.has(id)) return;
    const looking = this.#look(reply)
      .catch((error: unknown) => {
        if (!this.#stopped.signal.aborted)
          this.#parts.log.error(`a reply was not looked for: ${String(error)}`);
      })
      .finally(() => this.#looking.delete(id));
    this.#looking.set(id, looking);
  }

  /** Looks no more; resolves when no question is under way. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await Promise.all(this.#looking.values());
  }

  async #look(reply: OwnReply): Promise<void> {
    const { answers, channels, settle, clock } = this.#parts;
    const answer = await answers.get(reply.answer);
    const channel = answer && channels.get(answer.channel);
    let { why = "unsaid" } = reply;
    if (answer && channel?.readBack && !isErased(answer)) {
      const uncertainty = uncertaintyOf(reply, channel);
      let looks = noLooks;
      for (;;) {
        const at = nextLookAt(uncertainty, looks, clock.now());
        if (at === undefined) break;
        await clock.sleep(at - clock.now(), this.#stopped.signal);
        const found = await this.#ask(channel, answer, reply);
        if (found.kind === "delivered")
          return settle(reply.id, { state: "sent", messageId: found.messageId });
        if (found.kind === "absent" && isBelievedAbsent(uncertainty, looks, clock.now()))
          return settle(reply.id, { state: "failed", why: "didNotArrive" });
        if (found.kind === "unknown") ({ why } = found);
        looks = lookedAgain(looks, found, clock.now());
      }
    }
    await settle(reply.id, { state: "uncertain", why, isLeft: true });
  }

  async #ask(channel: Channel, answer: Answer, reply: OwnReply): Promise<ReadBack> {
    const request = { ...this.#parts.requestFor(answer, reply), claimedAt: claimedAt(reply) };
    try {
      const found = await channel.readBack?.(request, this.#stopped.signal);
      this.#stopped.signal.throwIfAborted();
      if (found?.kind !== "delivered") return found ?? { kind: "unknown", why: "unsaid" };
      // The same words that were sent to them before are not these.
      return (await this.#isAnothers(found.messageId, answer, reply)) ? { kind: "absent" } : found;
    } catch (error) {
      this.#stopped.signal.throwIfAborted();
      return { kind: "unknown", why: reasonOfError(error) };
    }
  }

  async #isAnothers(messageId: string, { username, personId }: Answer, { id }: OwnReply): Promise<boolean> {
    const { answers, replies } = this.#parts;
    const ids = personId === undefined ? [] : [personId];
    const theirs = await answers.byPerson({ names: [username], ids });
    const each = await Promise.all(theirs.map(({ number }) => replies.to(number)));
    return each.flat().some((one) => one.id !== id && one.messageId === messageId);
  }
}

function claimedAt({ claimedAt: at, at: askedAt }: OwnReply): number {
  return at ?? askedAt;
}

function uncertaintyOf(reply: OwnReply, { manifest: { absentAfterMs = 0 } }: Channel): Uncertainty {
  return { claimedAt: claimedAt(reply), attempt: 1, absentAfterMs };
}
