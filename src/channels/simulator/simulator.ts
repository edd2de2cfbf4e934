/**
 * A channel whose people are made up. Owns a population that is the same for the same seed, and a record of its own of
 * who got what, flushed before it answers. What it does depends on nothing but its settings, the name, and how often
 * this message was tried by its record: a restart, at whatever moment, changes nothing.
 */
import type { Answer, Fault } from "../../domain/fault.ts";
import type { Clock } from "../../lib/clock.ts";
import type {
  Amended,
  Channel,
  ChannelManifest,
  MendRequest,
  ReadBack,
  ReadBackRequest,
  SendRequest,
  SentRequest,
} from "../channel.ts";
import { AccountTroubles, lastThatCounts } from "./account-troubles.ts";
import { conductOf } from "./conduct.ts";
import type { SimulatorConfig } from "./config.ts";
import { personOf } from "./population.ts";
import type { RecordPlace } from "./record-place.ts";
import { openRecordPlace } from "./record-place.ts";
import { SimulatorRecord, textHashOf } from "./record.ts";

export interface SimulatorOptions {
  readonly config: SimulatorConfig;
  /**
   * JSON lines, in a folder that exists. Absent, for benchmarks: nothing is kept on disk, and with `readsBack` and
   * `honoursDedupKey` off nothing in memory either.
   */
  readonly recordFile?: string;
  /** Where the record is kept instead, shared with other processes; closed with the channel. */
  readonly place?: RecordPlace;
  readonly clock: Clock;
}

/** A message can be taken back for so long, as Telegram's. */
const TAKEN_BACK_WITHIN_MS = 48 * 3_600_000;

/**
 * Later than so long after it should have arrived a message is lost, in ms. These people live in the process that writes to
 * them and freeze with it, while others are already told that the message is not there: within half a minute that must hold.
 */
const LOST_AFTER_MS = 10_000;

/** As Telegram's. */
const MAX_MESSAGE_LENGTH = 4096;

/** Opens the simulator and its record. Throws when the record can't be read or is corrupt. */
export async function openSimulator(options: SimulatorOptions): Promise<Channel> {
  const { config, clock, recordFile } = options;
  const place =
    options.place ??
    (await openRecordPlace({
      ...(recordFile === undefined ? {} : { file: recordFile }),
      keepsDeliveries: recordFile !== undefined || config.readsBack || config.honoursDedupKey,
      countsAttempts: (username) => "attempts" in personOf(config, username).habit,
      countsDeliveries: (account) => lastThatCounts(config.accountTroubles, account),
    }));
  const troubles = new AccountTroubles(config.accountTroubles, place);
  const simulator = new Simulator({ config, clock, record: new SimulatorRecord(place), troubles });
  return {
    manifest: manifestOf(config),
    accounts: () => Promise.resolve(config.accounts),
    send: (request, signal) => simulator.send(request, signal),
    ...(config.readsBack && { readBack: (request, signal) => simulator.readBack(request, signal) }),
    ...(config.looksUp && { lookUp: (usernames, signal) => simulator.lookUp(usernames, signal) }),
    takeBack: (request, signal) => simulator.amend(request, signal),
    mend: (request, signal) => simulator.amend(request, signal),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

function manifestOf(config: SimulatorConfig): ChannelManifest {
  return {
    name: "simulator",
    looksUp: config.looksUp,
    honoursDedupKey: config.honoursDedupKey,
    readsBack: config.readsBack,
    publishedLimits: config.publishedLimits,
    maxMessageLength: MAX_MESSAGE_LENGTH,
    reachesPeople: false,
    amends: { takesBack: { withinMs: TAKEN_BACK_WITHIN_MS }, mends: true },
  };
}

interface Parts {
  readonly config: SimulatorConfig;
  readonly clock: Clock;
  readonly record: SimulatorRecord;
  readonly troubles: AccountTroubles;
}

class Simulator {
  readonly #parts: Parts;
  /** Requests that came in and are not answered yet. */
  readonly #underWay = new Set<SendRequest>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async send(request: SendRequest, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return { kind: "unavailable", why: "stoppedBeforeCall" };
    this.#underWay.add(request);
    try {
      return (await this.#refusalOf(request)) ?? (await this.#answer(request, signal));
    } finally {
      this.#underWay.delete(request);
    }
  }

  async readBack(request: ReadBackRequest, signal: AbortSignal): Promise<ReadBack> {
    const { config, record } = this.#parts;
    const answered = await this.#wait(personOf(config, request.username).latencyMs, signal);
    if (!answered) return { kind: "unknown", why: "stoppedBeforeAnswer" };
    const { username, dedupKey } = request;
    if ([...this.#underWay].some((other) => other.dedupKey === dedupKey)) {
      return { kind: "unknown", why: "stillUnderWay" };
    }
    const textHash = textHashOf(request.text);
    const deliveries = await record.deliveriesOf(dedupKey);
    const arrived = deliveries.find(
      (delivery) => delivery.username === username && delivery.textHash === textHash,
    );
    return arrived ? { kind: "delivered", messageId: arrived.messageId } : { kind: "absent" };
  }

  async lookUp(usernames: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { config } = this.#parts;
    if (!(await this.#wait(config.latencyMs.min, signal))) signal.throwIfAborted();
    return new Set(usernames.filter((username) => personOf(config, username).habit.kind === "notFound"));
  }

  /** Takes a message back, or mends it where another text is given: there, done, and back, as a message goes. */
  async amend(request: SentRequest & Partial<MendRequest>, signal: AbortSignal): Promise<Amended> {
    const { config, clock, record, troubles } = this.#parts;
    const { account, username, messageId, text } = request;
    if (signal.aborted) return { kind: "unavailable", why: "stoppedBeforeCall" };
    const fault = await (text === undefined
      ? troubles.faultOf(account, clock.now())
      : this.#refusalOf({ account, text }));
    if (fault) return fault;
    const { latencyMs } = personOf(config, username);
    await this.#wait(latencyMs / 2, signal);
    const message = await record.messageOf(messageId);
    const at = clock.now();
    if (message?.username !== username)
      return text === undefined ? { kind: "amended" } : keptFor("messageGone");
    if (text !== undefined) await record.mend(message, { text, at });
    else if (at - message.at >= TAKEN_BACK_WITHIN_MS) return keptFor("tooOldToTakeBack");
    else await record.takeBack(message, at);
    const isAnswered = await this.#wait(latencyMs / 2, signal);
    return isAnswered ? { kind: "amended" } : { kind: "uncertain", why: "stoppedBeforeAnswer" };
  }

  /** What needs no person to be answered; nothing of it is recorded, because nothing of it counts as an attempt. */
  async #refusalOf({ account, text }: Pick<SendRequest, "account" | "text">): Promise<Fault | undefined> {
    const { config, clock, troubles } = this.#parts;
    if (text.trim() === "") return { kind: "rejected", why: "messageEmpty" };
    if (text.length > MAX_MESSAGE_LENGTH) return { kind: "rejected", why: "messageTooLong" };
    if (!config.accounts.some(({ name }) => name === account)) {
      return { kind: "account", trouble: "loggedOut", why: "noSuchAccount" };
    }
    return troubles.faultOf(account, clock.now());
  }

  /**
   * There, delivered, and back, half of the latency each way: a process killed on the way leaves a message that never
   * arrived, or one that arrived unknown to the sender. Whoever stops waiting doesn't stop what has left.
   */
  async #answer(request: SendRequest, signal: AbortSignal): Promise<Answer> {
    const { config, clock, record } = this.#parts;
    const { habit, latencyMs } = personOf(config, request.username);
    const askedAt = clock.now();
    const conduct = conductOf(habit, await record.ask(request, askedAt), config);
    await this.#wait(latencyMs / 2, signal);
    const isLost = clock.now() - askedAt > latencyMs / 2 + LOST_AFTER_MS;
    if (isLost && conduct.delivers) return { kind: "uncertain", why: "noAnswerInTime" };
    const messageId = conduct.delivers ? await this.#deliver(request) : "";
    if (!(await this.#wait(latencyMs / 2 + conduct.extraMs, signal))) {
      return { kind: "uncertain", why: "stoppedBeforeAnswer" };
    }
    return conduct.fault?.(clock.now()) ?? { kind: "delivered", messageId };
  }

  #deliver(request: SendRequest): Promise<string> {
    const { config, clock, record } = this.#parts;
    return record.deliver(request, clock.now(), config.honoursDedupKey);
  }

  /** False when the signal fired first. */
  async #wait(ms: number, signal: AbortSignal): Promise<boolean> {
    try {
      if (ms > 0) await this.#parts.clock.sleep(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return !signal.aborted;
  }
}

function keptFor(why: "messageGone" | "tooOldToTakeBack"): Fault {
  return { kind: "recipient", state: "refused", why };
}
