import { expect, test } from "vitest";
import { amendedBy } from "./amending.ts";
import type { CallOutcome } from "./bot-api.ts";

const refused = (description: string, error_code = 400): CallOutcome => ({
  kind: "refused",
  refusal: { ok: false, error_code, description, parameters: {} },
});
const kept = (why: string) => ({ kind: "recipient", state: "refused", why });

test.each([
  ["deleteMessage", { kind: "done", result: true } as const, { kind: "amended" }],
  ["deleteMessage", refused("Bad Request: message to delete not found"), { kind: "amended" }],
  ["deleteMessage", refused("Bad Request: message can't be deleted for everyone"), kept("tooOldToTakeBack")],
  ["editMessageText", refused("Bad Request: message is not modified: specified new"), { kind: "amended" }],
  ["editMessageText", refused("Bad Request: message to edit not found"), kept("messageGone")],
  ["editMessageCaption", refused("Bad Request: MESSAGE_ID_INVALID"), kept("messageGone")],
  ["editMessageText", refused("Bad Request: message can't be edited"), kept("notOursToChange")],
  [
    "editMessageText",
    refused("Bad Request: there is no text in the message to edit"),
    kept("notOursToChange"),
  ],
  [
    "editMessageText",
    refused("Bad Request: can't parse entities: x"),
    { kind: "rejected", why: "telegramFormatting" },
  ],
  ["deleteMessage", refused("Forbidden: bot was blocked by the user", 403), kept("blockedBot")],
  [
    "deleteMessage",
    refused("Unauthorized", 401),
    { kind: "account", trouble: "loggedOut", why: "telegramToken" },
  ],
  ["deleteMessage", refused("Bad Gateway", 502), { kind: "uncertain", why: "telegramUnclear" }],
  ["deleteMessage", { kind: "lost", isOurs: false } as const, { kind: "uncertain", why: "telegramCut" }],
  ["deleteMessage", { kind: "unreached" } as const, { kind: "unavailable", why: "telegramUnreachable" }],
] as const)("%s: an answer means what the table says", (method, outcome, amended) => {
  expect(amendedBy(outcome, method)).toEqual(amended);
});
