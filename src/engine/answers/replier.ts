/**
 * Sends what operators write back to people, from the account that wrote to them. Promises what every send has: nobody
 * on the do-not-send list is written to, the account's limits hold, the claim is on disk before the call, and what may have
 * arrived is never sent again.
 */
import type { Channel, SendRequest } from "../../channels/channel.ts";
import type { Answer as ChannelAnswer } from "../../domain/fault.ts";
import { limitsOf } from "../../domain/accounts/limits.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import type { Answer } from "../../domain/people/answer.ts";
import type { AskedReply, OwnReply, ReplyEnding } from "../../domain/people/own-reply.ts";
import { lastByAnother } from "../../domain/people/own-reply.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import type { Clock } from "../../lib/clock.ts";
import { withDeadline } from "../../lib/deadline.ts";
import type { AnswerReads } from "../../storage/ports/answers.ts";
import type { LedgerStore } from "../../storage/ports/ledger.ts";
import type { OwnReplyStore } from "../../storage/ports/own-replies.ts";
import { sayUnlessAway } from "../../storage/ports/away.ts";
import type { AccountPool } from "../accounts/account-pool.ts";
import { ratesOf } from "../accounts/rates-of.ts";
import { ReplyLooks } from "./reply-looks.ts";

/** How often what waits for a limit is looked at, in ms. */
const LOOK_MS = 15_000;

/** A call that takes longer counts as unanswered, in ms. */
const TIMEOUT_MS = 60_000;

export interface ReplierParts {
  readonly answers: Pick<AnswerReads, "get" | "byPerson">;
  readonly replies: OwnReplyStore;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly ledgers: Pick<LedgerStore, "debitTestSend">;
  readonly pool: (channel: string) => Promise<Pick<AccountPool, "readyAt">>;
  /** The name that surely means who answered, whatever they are called by now. */
  readonly addressOf: (answer: Answer) => string;
  /** Why this person must not be written to, whatever they are called. */
  readonly whyNot: (answer: Answer) => Promise<Reason | undefined>;
  readonly clock: Clock;
  readonly log: { error(message: string): void };
}

export class Replier {
  readonly #parts: ReplierParts;
  #stopped = new AbortController();
  readonly #listeners = new Set<(reply: OwnReply) => void>();
  /** One after another: each claim looks at what the one before used up. */
  #turn: Promise<void> = Promise.resolve();
  /** One after another: of two that are given at once the second hears of the first. */
  #asking: Promise<unknown> = Promise.resolve();
  #looking: Promise<void> | undefined;
  /** Claimed by this process, which settles them. */
  readonly #own = new Set<string>();
  /** When the platform wants to be asked again, by channel and account. */
  readonly #notBefore = new Map<string, number>();
  #looks: ReplyLooks;

  constructor(parts: ReplierParts) {
    this.#parts = parts;
    this.#looks = this.#newLooks();
  }

  #newLooks(): ReplyLooks {
    return new ReplyLooks({
      ...this.#parts,
      requestFor: (answer, reply) => this.#requestFor(answer, reply),
      settle: (id, ending) => this.#settle(id, ending),
    });
  }

  /** Settles what a process that died left claimed, looks for what is uncertain, and sends what waits, until it is stopped. */
  async start(): Promise<void> {
    const { replies, clock } = this.#parts;
    if (this.#stopped.signal.aborted) {
      this.#stopped = new AbortController();
      this.#looks = this.#newLooks();
    }
    const stopped = this.#stopped.signal;
    for (const { id, state } of await replies.open())
      if (state === "claimed" && !this.#own.has(id))
        await this.#settle(id, { state: "uncertain", why: "interruptedBeforeRecord" });
    for (const one of await replies.open()) {
      if (one.state === "uncertain" && !one.isLeft) this.#looks.takeOn(one);
      if (one.state !== "planned" && !one.isTold) for (const listener of this.#listeners) listener(one);
    }
    this.#looking ??= (async () => {
      while (!stopped.aborted) {
        await this.#inTurn(() => this.#sendAll());
        await clock.sleep(LOOK_MS, stopped).catch(() => undefined);
      }
    })();
  }

  /** Begins no more, and waits for the call under way; may be started again. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await Promise.all([this.#looking, this.#turn, this.#looks.stop()]);
    this.#looking = undefined;
  }

  /** Takes a reply in and sends it as soon as it may be. Asked for again under its id it is told as it stands. */
  async reply(asked: AskedReply): Promise<OwnReply> {
    if (await this.#parts.replies.ask(asked)) await this.#inTurn(() => this.#send(asked.id));
    return this.#found(asked.id);
  }

  /** As {@link reply}; but while the last reply to the answer is somebody else's nothing is taken in, and that one is told. */
  async replyIfAlone(
    asked: AskedReply,
  ): Promise<{ readonly reply: OwnReply } | { readonly another: OwnReply }> {
    const asking = this.#asking.then(() => this.#askIfAlone(asked));
    this.#asking = asking.catch(() => undefined);
    const taken = await asking;
    if (typeof taken === "object") return { another: taken };
    if (taken) await this.#inTurn(() => this.#send(asked.id));
    return { reply: await this.#found(asked.id) };
  }

  /** True once it is taken in, false where it was before; else the other one. */
  async #askIfAlone(asked: AskedReply): Promise<boolean | OwnReply> {
    const { replies } = this.#parts;
    if (await replies.get(asked.id)) return false;
    return lastByAnother(await replies.to(asked.answer), asked.by) ?? replies.ask(asked);
  }

  async #found(id: string): Promise<OwnReply> {
    const reply = await this.#parts.replies.get(id);
    if (!reply) throw new Error(`the reply ${id} is gone`);
    return reply;
  }

  /** Calls the listener with every reply that has come to its end, until the returned function is called. */
  watch(listener: (reply: OwnReply) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(task);
    this.#turn = done.catch((error: unknown) =>
      sayUnlessAway(error, () => this.#parts.log.error(`a reply was not sent: ${String(error)}`)),
    );
    await this.#turn;
  }

  /** Sends what waits; and takes up what could not be kept, as while the database was away: no call is under way now. */
  async #sendAll(): Promise<void> {
    for (const one of await this.#parts.replies.open()) {
      if (this.#stopped.signal.aborted) return;
      const { id, state } = one;
      if (state === "planned") await this.#send(id);
      if (state === "claimed" && this.#own.has(id))
        await this.#settle(id, { state: "uncertain", why: "interruptedBeforeRecord" });
      if (state === "uncertain" && !one.isLeft) this.#looks.takeOn(one);
    }
  }

  async #send(id: string): Promise<void> {
    const { replies, answers, channels, clock } = this.#parts;
    const reply = await replies.get(id);
    if (reply?.state !== "planned") return;
    const answer = await answers.get(reply.answer);
    const channel = answer && channels.get(answer.channel);
    if (!answer || !channel) return this.#settle(id, { state: "failed", why: "noSuchAccount" });
    const why = await this.#parts.whyNot(answer);
    if (why !== undefined) return this.#settle(id, { state: "failed", why });
    if (!(await this.#isDebited(answer, channel))) return;
    this.#own.add(id);
    if (!(await replies.claim(id, clock.now()))) return;
    const answered = await this.#call(channel, answer, reply);
    if (answered.kind === "throttled") this.#notBefore.set(placeOf(answer), answered.retryAt);
    await this.#settle(id, endingOf(answered));
  }

  /** False: the account may not send now, and the reply waits. */
  async #isDebited({ channel, account, username }: Answer, opened: Channel): Promise<boolean> {
    const { pool, ledgers, clock } = this.#parts;
    const now = clock.now();
    if ((this.#notBefore.get(`${channel} ${account}`) ?? 0) > now) return false;
    if ((await pool(channel)).readyAt(account, now) > now) return false;
    const caps: Caps = {}; // the operator's own word is no part of a campaign's day
    const request = { channel, account, username, caps: limitsOf(caps), rates: ratesOf(opened, account) };
    return (await ledgers.debitTestSend(request)) === "debited";
  }

  /** The person is asked about once more when the call leaves: they may have said stop meanwhile. */
  async #call(channel: Channel, answer: Answer, reply: OwnReply): Promise<ChannelAnswer> {
    const { clock, whyNot } = this.#parts;
    const request = this.#requestFor(answer, reply);
    const permit = async (): Promise<boolean> => (await whyNot(answer)) === undefined;
    try {
      return await withDeadline({ clock, ms: TIMEOUT_MS }, (signal) => channel.send(request, signal, permit));
    } catch (error) {
      return { kind: "uncertain", why: reasonOfError(error) };
    }
  }

  #requestFor(answer: Answer, { id, text }: OwnReply): SendRequest {
    const { account, personId } = answer;
    const to = { username: this.#parts.addressOf(answer), ...(personId === undefined ? {} : { personId }) };
    return { account, ...to, text, dedupKey: `reply:${id}`, values: {} };
  }

  async #settle(id: string, ending: ReplyEnding): Promise<void> {
    const { replies, clock } = this.#parts;
    const isAsked = ending.state === "uncertain" && (await this.#canBeAsked(id));
    const isLeft = ending.state === "uncertain" && !isAsked;
    if (!(await replies.settle(id, isLeft ? { ...ending, isLeft } : ending, clock.now()))) return;
    const reply = await replies.get(id);
    if (!reply || reply.state === "planned") return;
    if (reply.state === "uncertain" && !reply.isLeft) this.#looks.takeOn(reply);
    for (const listener of this.#listeners) listener(reply);
  }

  /** Whether the platform can say if a reply arrived. */
  async #canBeAsked(id: string): Promise<boolean> {
    const { replies, answers, channels } = this.#parts;
    const reply = await replies.get(id);
    const answer = reply && (await answers.get(reply.answer));
    return answer !== undefined && channels.get(answer.channel)?.readBack !== undefined;
  }
}

function placeOf({ channel, account }: Answer): string {
  return `${channel} ${account}`;
}

/** Only what may have arrived is uncertain; what was too fast waits, and whatever else kept it is said. */
function endingOf(answer: ChannelAnswer): ReplyEnding {
  switch (answer.kind) {
    case "delivered":
      return { state: "sent", messageId: answer.messageId };
    case "uncertain":
      return { state: "uncertain", why: answer.why };
    case "throttled":
      return { state: "planned", why: answer.why };
    case "recipient":
    case "unanswered":
    case "unexplained":
    case "account":
    case "unavailable":
    case "withdrawn":
    case "rejected":
      return { state: "failed", why: answer.why };
  }
}
