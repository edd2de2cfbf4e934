/**
 * Reads what people wrote to one account, page by page to its end, and puts whoever says stop on the do-not-send list. A
 * page is left behind only when every stop and every answer on it is on disk, so a reading that fails or is killed loses none.
 */
import type { Channel, Replies, Reply } from "../../channels/channel.ts";
import type { Inbox } from "../../domain/people/hearing.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import type { Clock } from "../../lib/clock.ts";
import { withDeadline } from "../../lib/deadline.ts";
import type { InboxStore } from "../../storage/ports/inboxes.ts";
import type { ReplyCursorStore, SuppressionStore } from "../../storage/ports/people.ts";
import type { HeardAnswers, Heard } from "./heard-answers.ts";

/** A page that takes longer is given up and tried later, in ms. */
const LONGEST_PAGE_MS = 60_000;

/** After a failure that names no time, in ms. */
const ASK_AGAIN_MS = 60_000;

export interface InboxReaderParts {
  readonly channel: Channel;
  readonly account: string;
  readonly cursors: ReplyCursorStore;
  readonly inboxes: Pick<InboxStore, "wasRead" | "isShut">;
  readonly suppression: Pick<SuppressionStore, "add" | "reasonFor">;
  readonly isStop: (text: string) => boolean;
  readonly clock: Clock;
  /** From when on answers matter while nothing was read yet, ms since the epoch. */
  readonly since: () => Promise<number>;
  /** Ends every question. */
  readonly stopped: AbortSignal;
  /** Keeps what is no stop. */
  readonly answers: Pick<HeardAnswers, "take">;
  /** Somebody said stop and is on the list now. */
  readonly optedOut: (username: string) => Promise<void>;
  /** It was read to its end, or can't be for now. */
  readonly changed: () => void;
}

export class InboxReader {
  readonly #parts: InboxReaderParts;
  /** Stops that were taken in by this process: whoever was taken off the list since stays off. */
  readonly #known = new Set<string>();
  #inbox: Inbox = {};
  /** Where the page was asked for that is being taken. */
  #askedFrom: string | undefined;
  /** When the reading began that is under way or was the last; unknown while it is one of an earlier process. */
  #beganAt = -Infinity;
  /** The platform wants no question before then, ms since the epoch. */
  #notBefore = 0;
  #reading: Promise<void> | undefined;

  constructor(parts: InboxReaderParts) {
    this.#parts = parts;
  }

  get inbox(): Inbox {
    return this.#inbox;
  }

  /**
   * Reads to the end, joins the reading that is under way, or leaves it while the platform wants no question. Never fails:
   * what went wrong is in {@link inbox}.
   * @param isPeriodic Asks also where it failed lately, or where somebody must have mended something first
   */
  read(isPeriodic = false): Promise<void> {
    const until = isPeriodic ? this.#notBefore : (this.#inbox.trouble?.until ?? 0);
    if (until > this.#parts.clock.now() && !this.#reading) return Promise.resolve();
    this.#reading ??= this.#readToEnd().finally(() => {
      this.#reading = undefined;
      this.#parts.changed();
    });
    return this.#reading;
  }

  async #readToEnd(): Promise<void> {
    const { channel, account, inboxes, clock, stopped } = this.#parts;
    const wantedAt = clock.now();
    try {
      // A reading that was cut off earlier ends with what was there when it began: what came since is read after it.
      for (let readAt = -Infinity; readAt < wantedAt;) {
        const askedAt = clock.now();
        const answer = await this.#nextPage();
        if (answer.kind === "notNow") return await this.#mustWait(answer);
        if (answer.isStart) this.#beganAt = askedAt;
        await this.#take(answer);
        if (answer.isEnd) readAt = this.#beganAt;
      }
      this.#inbox = { readAt: this.#beganAt };
      await inboxes.wasRead(channel.manifest.name, account, clock.now() - this.#beganAt);
    } catch (error) {
      if (stopped.aborted) return;
      const thrown = error instanceof Error ? error.message : String(error);
      await this.#failed({ until: clock.now() + ASK_AGAIN_MS, why: reasonOfError(error), thrown });
    }
  }

  async #mustWait({ retryAt, why }: Extract<Replies, { kind: "notNow" }>): Promise<void> {
    this.#notBefore = retryAt === Infinity ? 0 : retryAt;
    await this.#failed({ until: retryAt, why });
  }

  async #failed(trouble: NonNullable<Inbox["trouble"]>): Promise<void> {
    const { channel, account, inboxes, clock } = this.#parts;
    const { readAt } = this.#inbox;
    this.#inbox = { ...(readAt === undefined ? {} : { readAt }), trouble };
    const forMs = trouble.until - clock.now();
    // Where it can't be kept, as while the database is away, this process goes by it alone.
    await inboxes.isShut(channel.manifest.name, account, { forMs, why: trouble.why }).catch(() => undefined);
  }

  async #nextPage(): Promise<Replies> {
    const { channel, account, cursors, since, clock, stopped } = this.#parts;
    const cursor = await cursors.get(channel.manifest.name, account);
    this.#askedFrom = cursor;
    const request = { account, since: await since(), ...(cursor === undefined ? {} : { cursor }) };
    return withDeadline({ clock, ms: LONGEST_PAGE_MS, signal: stopped }, async (signal) => {
      const answer = await channel.replies?.(request, signal);
      return answer ?? { kind: "notNow", retryAt: Infinity, why: "answersUnreadable" };
    });
  }

  async #take({ replies, cursor }: Extract<Replies, { kind: "replies" }>): Promise<void> {
    const { channel, account, cursors, isStop, answers } = this.#parts;
    const { name } = channel.manifest;
    for (const { username, text, at } of replies) if (isStop(text)) await this.#optOut(username, at);
    for (const said of messagesIn(replies))
      if (!isStop(said.text)) await answers.take({ channel: name, account, mustAnswer: true, ...said });
    // Who moved it meanwhile read at least as far as they say: the next page is asked for from there.
    const from = this.#askedFrom;
    if (cursor !== from) await cursors.move(name, account, { from, to: cursor });
  }

  async #optOut(username: string, at: number): Promise<void> {
    const { channel, account, suppression, optedOut } = this.#parts;
    const stop = `${username} ${at}`;
    if (this.#known.has(stop)) return;
    if ((await suppression.reasonFor(username)) !== "optedOut") {
      const note = `said stop to ${account} on ${channel.manifest.name}`;
      await suppression.add([username], { reason: "optedOut", note, at });
      await optedOut(username);
    }
    this.#known.add(stop);
  }
}

type Message = Omit<Heard, "channel" | "account" | "mustAnswer">;

/** Each message once, with every name of who wrote it. */
function messagesIn(replies: readonly Reply[]): readonly Message[] {
  const messages = new Map<string, Message>();
  for (const { id: key, username, personId, text, at } of replies) {
    const before = messages.get(key)?.names ?? [];
    messages.set(key, {
      key,
      text,
      at,
      names: [username, ...before],
      ...(personId === undefined ? {} : { personId }),
    });
  }
  return [...messages.values()];
}
