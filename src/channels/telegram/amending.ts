/**
 * Taking back and mending what the bot sent (Bot API 10.1: deleteMessage within 48 hours, editMessageText and
 * editMessageCaption at any age). Owns the promise that both wait in the lane like every other call, because Telegram
 * counts edits and messages together, and that asking once more for what is done already is answered as done.
 */
import { messageIdsIn } from "../../domain/copied-content.ts";
import type { Fault } from "../../domain/fault.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import { languageOf } from "../../domain/people/subscriber.ts";
import type { Amended, Channel, MendRequest, SentRequest } from "../channel.ts";
import type { CallOutcome } from "./bot-api.ts";
import { callBotApi } from "./bot-api.ts";
import { readingOf, reasons, waitAskedFor } from "./faults.ts";
import { lengthProblem, markupOf } from "./outgoing-message.ts";
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

/** deleteMessage: "A message can only be deleted if it was sent less than 48 hours ago." */
export const DELETABLE_MS = 48 * 3_600_000;

type Amending = Required<Pick<Channel, "takeBack" | "mend">>;

interface Call {
  readonly method: "deleteMessage" | "editMessageText" | "editMessageCaption";
  readonly body: Readonly<Record<string, unknown>>;
}

export function createAmending(parts: TelegramParts): Amending {
  return {
    // Taking back writes nothing to anybody: it is done for those who left as well.
    takeBack: (request, signal) =>
      ask(parts, { request, method: "deleteMessage", fieldsFor: () => ({}), refusedFor: nothing }, signal),
    mend: async (request, signal) => {
      const problem = lengthProblem({
        ...request,
        ...(request.isCaption ? { extras: { ...request.extras, attachment: FILE } } : {}),
        dedupKey: "",
      });
      if (problem) return { kind: "rejected", why: problem === "empty" ? "messageEmpty" : "messageTooLong" };
      const mended = {
        request,
        ...mendCall(request, parts.leaveLabel),
        refusedFor: faultOfPerson,
      };
      return ask(parts, mended, signal);
    },
  };
}

const nothing = (): undefined => undefined;

/** Stands for the file that the message has and keeps. */
const FILE = { kind: "document", name: "", key: "", open: async function* () {} } as const;

/** An edit takes away what stood under the message and is not given again. */
function mendCall(
  { text, extras, isCaption }: MendRequest,
  leaveLabel: TelegramParts["leaveLabel"],
): Pick<Asked, "method" | "fieldsFor"> {
  return {
    method: isCaption ? "editMessageCaption" : "editMessageText",
    fieldsFor: (person) => ({
      ...(extras?.format === "html" ? { parse_mode: "HTML" } : {}),
      ...markupOf(extras?.buttons, leaveLabel?.(languageOf(person))),
      [isCaption ? "caption" : "text"]: text,
    }),
  };
}

interface Asked {
  readonly request: SentRequest;
  readonly method: Call["method"];
  readonly fieldsFor: (person: Subscriber) => Readonly<Record<string, unknown>>;
  /** Why this person's message is not to be touched; looked at again once the lane lets the call through. */
  readonly refusedFor: (person: Subscriber | undefined) => Fault | undefined;
}

async function ask(parts: TelegramParts, call: Asked, signal: AbortSignal): Promise<Amended> {
  const { lane, audience, access } = parts;
  const { request, method, fieldsFor, refusedFor } = call;
  const asked = await audience.find(request.username);
  if (!asked) return neverStarted;
  const ids = messageIdsIn(request.messageId);
  if (!ids) return kept("messageIdUnknown");
  if (ids.length > 1 && method !== "deleteMessage") return kept("notOursToChange");
  const before = refusedFor(asked);
  if (before) return before;
  const pass = passTo(asked);
  const place = await lane.enter(pass, signal).catch(() => undefined);
  if (!place) return stopped;
  if (place.kind === "paused") return { ...throttled(place, reasons.tooFast), uncalled: true };
  // They may have said stop while the lane was waited for.
  const person = await findFor(place, audience, request.username);
  const fault = signal.aborted ? stopped : refusedFor(person);
  if (!person || fault) {
    place.giveBack();
    return fault ?? neverStarted;
  }
  place.left();
  const which = ids.length > 1 ? { message_ids: ids } : { message_id: ids[0] };
  const body = { chat_id: chatIdOf(person), ...which, ...fieldsFor(person) };
  const outcome = await callBotApi(access, ids.length > 1 ? "deleteMessages" : method, body, signal);
  const seconds = waitAskedFor(outcome);
  if (seconds === undefined) return amendedBy(outcome, method);
  const told = lane.told(pass, seconds);
  return throttled(told, told.isAbsurd ? reasons.absurd : reasons.tooFast);
}

/** What an answer means; what it has in common with an answer to a send is read in the same table. */
export function amendedBy(outcome: CallOutcome, method: Call["method"]): Amended {
  const refusal =
    outcome.kind === "refused" && outcome.refusal.error_code === 400 ? outcome.refusal : undefined;
  const says = refusal?.description ?? "";
  if (/message is not modified/i.test(says)) return { kind: "amended" };
  if (/message to delete not found|MESSAGE_ID_INVALID|message to edit not found/i.test(says))
    return method === "deleteMessage" ? { kind: "amended" } : kept("messageGone");
  if (/message can't be deleted/i.test(says)) return kept("tooOldToTakeBack");
  if (/message can't be edited|there is no (?:text|caption) in the message/i.test(says))
    return kept("notOursToChange");
  const reading = readingOf(outcome);
  switch (reading.kind) {
    case "delivered":
      return { kind: "amended" };
    case "fault":
      return reading.fault;
    case "moved":
    case "fileGone":
      return { kind: "unexplained", why: "telegramUnexplained" };
  }
}

function kept(why: "messageIdUnknown" | "messageGone" | "tooOldToTakeBack" | "notOursToChange"): Fault {
  return { kind: "recipient", state: "refused", why };
}
