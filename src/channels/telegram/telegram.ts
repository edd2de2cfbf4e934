/**
 * Telegram as a channel: the bot writes to those who pressed Start on it, and to nobody else. Owns the promise that a
 * person who said stop gets nothing from that moment on, and that a message is never sent again unless Telegram has
 * said that it was not. There is no key to repeat a send with and no way to read back: a lost answer stays uncertain.
 */
import type { Answer, Fault } from "../../domain/fault.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { departed, languageOf } from "../../domain/people/subscriber.ts";
import type { LanePass, LanePlace } from "../../lib/pace/priority-lane.ts";
import type { AccountCheck, Channel, ChannelManifest, Permit, SendRequest } from "../channel.ts";
import { DELETABLE_MS, createAmending } from "./amending.ts";
import { albumAnswer, isSourceUnknown } from "./copying.ts";
import type { BotAccess } from "./bot-api.ts";
import { callBotApi, meOf } from "./bot-api.ts";
import type { Reading } from "./faults.ts";
import { waitAskedFor, readingOf, reasons } from "./faults.ts";
import { MAX_CAPTION, MAX_TEXT, lengthProblem, outgoingCall, sentMessageOf } from "./outgoing-message.ts";
import {
  chatIdOf,
  faultOfPerson,
  findFor,
  neverStarted,
  passTo,
  stopped,
  throttled,
} from "./person-fault.ts";
import type { TelegramParts } from "./telegram-parts.ts";
import type { FileTurn } from "./uploaded-files.ts";
import { UploadedFiles } from "./uploaded-files.ts";

/** The one account there is: the token's bot. */
export const BOT_ACCOUNT = "bot";

/** Of some 30 messages a second over all (core.telegram.org/bots/faq), the rest is left to the bot's own chats. */
const FREE_RATE = 25;
/** Of 1000 a second when paid for (core.telegram.org/bots/api#paid-broadcasts); the lane lets no more through. */
const PAID_RATE = 830;
/** A chat that moved and a file that was forgotten are each mended once. */
const MOST_CALLS = 3;

/** Makes the channel; it holds nothing open. */
export function createTelegram(parts: TelegramParts): Channel {
  const sender = new TelegramSender(parts);
  return {
    manifest: manifestOf(parts),
    accounts: async () => [{ name: BOT_ACCOUNT, caps: {} }],
    send: (request, signal, permit) => sender.send(request, { signal, ...(permit ? { permit } : {}) }),
    check: (_account, signal) => check(parts.access, signal),
    ...createAmending(parts),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function manifestOf({ isPaid = false, leaveLabel }: TelegramParts): ChannelManifest {
  return {
    name: "telegram",
    looksUp: false,
    honoursDedupKey: false,
    readsBack: false,
    publishedLimits: [{ kind: "sliding", count: isPaid ? PAID_RATE : FREE_RATE, windowMs: 1000 }],
    maxMessageLength: MAX_TEXT,
    maxCaptionLength: MAX_CAPTION,
    reachesPeople: true,
    extras: { formatting: true, attachments: true, buttons: true, copies: true },
    ...(leaveLabel ? { hasLeaveButton: true as const } : {}),
    takesUsualCap: false,
    hearsAnswers: true,
    waitsBeforeCall: true,
    amends: { takesBack: { withinMs: DELETABLE_MS }, mends: true },
  };
}

async function check(access: BotAccess, signal: AbortSignal): Promise<AccountCheck> {
  const outcome = await callBotApi(access, "getMe", {}, signal);
  const username = outcome.kind === "done" ? meOf(outcome.result) : undefined;
  if (username !== undefined) return { kind: "well", username, limits: [] };
  const reading = readingOf(outcome);
  if (reading.kind === "fault" && reading.fault.kind === "account")
    return { kind: "trouble", trouble: reading.fault.trouble, why: reading.fault.why };
  return { kind: "unknown", why: "telegramUnreachable" };
}

class TelegramSender {
  readonly #parts: TelegramParts;
  readonly #files = new UploadedFiles();

  constructor(parts: TelegramParts) {
    this.#parts = parts;
  }

  async send(request: SendRequest, going: Going): Promise<Answer> {
    const problem = lengthProblem(request);
    if (problem === "empty") return { kind: "rejected", why: "messageEmpty" };
    if (problem === "tooLong") return { kind: "rejected", why: "messageTooLong" };
    if (request.account !== BOT_ACCOUNT)
      return { kind: "account", trouble: "loggedOut", why: "noSuchAccount" };
    for (let calls = 1; ; calls += 1) {
      const reading = await this.#attempt(request, going);
      if (reading.kind === "delivered") return deliveredAs(request, reading.result);
      if (reading.kind === "fault") return this.#faultOf(request, reading.fault, going.signal);
      if (calls === MOST_CALLS) return { kind: "unexplained", why: "telegramUnexplained" };
    }
  }

  /** Who is not found may be there after all, and what was to be copied nowhere. */
  async #faultOf({ extras }: SendRequest, fault: Fault, signal: AbortSignal): Promise<Fault> {
    const isNobody = fault.kind === "recipient" && fault.state === "notFound" && !fault.uncalled;
    if (!isNobody || !extras?.copy || !(await isSourceUnknown(this.#parts.access, extras.copy, signal)))
      return fault;
    return { kind: "rejected", why: "copyGone" };
  }

  /** One call; whatever it says that ends in another call has surely sent nothing. */
  async #attempt(request: SendRequest, going: Going): Promise<Reading> {
    const file = await this.#fileTurn(request, going.signal);
    if (file === "stopped") return asReading(stopped);
    let fileId: string | undefined;
    try {
      const entrance = await this.#enter(request, going.signal);
      if ("fault" in entrance) return asReading(entrance.fault);
      const { person } = entrance;
      const reading = await this.#call(request, { ...entrance, file }, going);
      if (reading.kind === "delivered") fileId = sentMessageOf(reading.result).fileId;
      await this.#learn(reading, person);
      if (reading.kind === "fileGone" && file?.kind === "known" && request.extras?.attachment)
        this.#files.forget(request.extras.attachment.key, file.fileId);
      return reading;
    } finally {
      if (file?.kind === "upload") file.done(fileId);
    }
  }

  async #fileTurn({ extras }: SendRequest, signal: AbortSignal): Promise<FileTurn | "stopped" | undefined> {
    if (!extras?.attachment) return undefined;
    return this.#files.turn(extras.attachment.key, signal).catch(() => "stopped" as const);
  }

  /** Waits for the lane, and looks at the person only then: they may have said stop while the message waited. */
  async #enter({ username }: SendRequest, signal: AbortSignal): Promise<Entered | { readonly fault: Fault }> {
    const { lane, audience } = this.#parts;
    const asked = await audience.find(username);
    const before = faultOfPerson(asked);
    if (before) return { fault: before };
    const pass = passTo(asked);
    const place = await lane.enter(pass, signal).catch(() => undefined);
    if (!place) return { fault: stopped };
    if (place.kind === "paused") return { fault: { ...throttled(place, reasons.tooFast), uncalled: true } };
    const person = await findFor(place, audience, username);
    const fault = signal.aborted ? stopped : faultOfPerson(person);
    if (person && !fault) return { person, pass, place };
    place.giveBack();
    return { fault: fault ?? neverStarted };
  }

  async #call(
    request: SendRequest,
    { person, pass, place, file }: Entered & { readonly file: FileTurn | undefined },
    going: Going,
  ): Promise<Reading> {
    const { access, lane, isPaid = false, leaveLabel } = this.#parts;
    const known = file?.kind === "known" ? { fileId: file.fileId } : {};
    const leave = leaveLabel ? { leaveLabel: leaveLabel(languageOf(person)) } : {};
    const to = { chatId: chatIdOf(person), isPaid, ...known, ...leave };
    const call = await outgoingCall(request, to).catch(() => undefined);
    if (!call) {
      place.giveBack();
      return asReading({ kind: "rejected", why: "fileUnreadable" });
    }
    if (!(await isPermitted(going, place))) return asReading(stopped);
    place.left();
    void takeMorePlaces(lane, (request.extras?.copy?.messageIds.length ?? 1) - 1);
    const outcome = await callBotApi(access, call.method, call.body, going.signal);
    const seconds = waitAskedFor(outcome);
    if (seconds === undefined) return readingOf(outcome);
    const told = lane.told(pass, seconds);
    return asReading(throttled(told, told.isAbsurd ? reasons.absurd : reasons.tooFast));
  }

  /** Keeps what the answer says of the person beyond this message. */
  async #learn(reading: Reading, { id }: Subscriber): Promise<void> {
    const { audience, clock } = this.#parts;
    await audience.change(id, (person) => {
      if (!person) return undefined;
      if (reading.kind === "moved") return { ...person, chatId: reading.chatId };
      if (reading.kind !== "fault" || reading.left === undefined) return undefined;
      const after = departed(person, reading.left, clock.now());
      return after === person ? undefined : after;
    });
  }
}

function deliveredAs({ extras }: SendRequest, result: unknown): Answer {
  if (extras?.copy && extras.copy.messageIds.length > 1) return albumAnswer(extras.copy, result);
  return { kind: "delivered", messageId: sentMessageOf(result).messageId };
}

/** Telegram counts messages, and one call sends a whole album: whoever is next waits for as many places. */
async function takeMorePlaces(lane: TelegramParts["lane"], count: number): Promise<void> {
  for (let taken = 0; taken < count; taken += 1) {
    const place = await lane.enter({ rank: "campaign", turnsBack: true });
    if (place.kind === "go") place.left();
  }
}

/** What a send goes by on its way. */
interface Going {
  readonly signal: AbortSignal;
  readonly permit?: Permit;
}

/** Asks for the permit to call; a place in the lane that is not used is given back. */
async function isPermitted({ permit }: Going, place: LanePlace): Promise<boolean> {
  let mayGo = false;
  try {
    mayGo = (await permit?.()) ?? true;
    return mayGo;
  } finally {
    if (!mayGo) place.giveBack();
  }
}

/** A person whose turn it is. */
interface Entered {
  readonly person: Subscriber;
  readonly pass: LanePass;
  readonly place: LanePlace;
}

function asReading(fault: Fault): Reading {
  return { kind: "fault", fault };
}
