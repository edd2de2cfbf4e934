import { describe, expect, test } from "vitest";
import type { CallOutcome } from "./bot-api.ts";
import { waitAskedFor, readingOf } from "./faults.ts";

function refused(code: number, description: string, parameters: object = {}): CallOutcome {
  return { kind: "refused", refusal: { ok: false, error_code: code, description, parameters } };
}

const fault = (kind: string, extra: object = {}) => ({ kind: "fault", fault: { kind, ...extra } });

const rows: readonly [string, CallOutcome, object][] = [
  [
    "blocked",
    refused(403, "Forbidden: bot was blocked by the user"),
    { ...fault("recipient", { state: "refused" }), left: "blocked" },
  ],
  [
    "deactivated",
    refused(403, "Forbidden: user is deactivated"),
    { ...fault("recipient", { state: "refused" }), left: "deactivated" },
  ],
  [
    "deactivated, as a code in capitals",
    refused(400, "Bad Request: INPUT_USER_DEACTIVATED"),
    { ...fault("recipient", { state: "refused" }), left: "deactivated" },
  ],
  [
    "never started",
    refused(403, "Forbidden: bot can't initiate conversation with a user"),
    fault("recipient", { state: "notFound", why: "neverStartedBot" }),
  ],
  ["no such chat", refused(400, "Bad Request: chat not found"), fault("recipient", { state: "notFound" })],
  [
    "no such private chat",
    refused(400, "Bad Request: private chat not found"),
    fault("recipient", { state: "notFound" }),
  ],
  [
    "an id that is none",
    refused(400, "Bad Request: PEER_ID_INVALID"),
    fault("recipient", { state: "notFound" }),
  ],
  [
    "kicked from a group",
    refused(403, "Forbidden: bot was kicked from the group chat"),
    fault("recipient", { state: "refused" }),
  ],
  [
    "not a member",
    refused(403, "Forbidden: bot is not a member of the channel chat"),
    fault("recipient", { state: "refused" }),
  ],
  [
    "a deleted group",
    refused(403, "Forbidden: the group chat was deleted"),
    fault("recipient", { state: "refused" }),
  ],
  [
    "writing forbidden, as a 400",
    refused(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    fault("recipient", { state: "refused" }),
  ],
  [
    "a chat that moved",
    refused(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: -100 }),
    { kind: "moved", chatId: -100 },
  ],
  ["too long", refused(400, "Bad Request: message is too long"), fault("rejected")],
  ["a caption too long", refused(400, "Bad Request: message caption is too long"), fault("rejected")],
  ["empty", refused(400, "Bad Request: message text is empty"), fault("rejected")],
  [
    "wrong formatting",
    refused(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 3"),
    fault("rejected", { why: "telegramFormatting" }),
  ],
  ["wrong button data", refused(400, "Bad Request: BUTTON_DATA_INVALID"), fault("rejected")],
  ["wrong button address", refused(400, "Bad Request: BUTTON_URL_INVALID"), fault("rejected")],
  [
    "a wrong button address in words",
    refused(400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL"),
    fault("rejected", { why: "telegramButton" }),
  ],
  [
    "a forgotten file",
    refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
    { kind: "fileGone" },
  ],
  [
    "a forgotten file, in other words",
    refused(400, "Bad Request: wrong remote file identifier specified: Wrong string length"),
    { kind: "fileGone" },
  ],
  ["a file too big", refused(400, "Bad Request: file is too big"), fault("rejected")],
  ["an upload too big", refused(413, "Request Entity Too Large"), fault("rejected")],
  ["no picture", refused(400, "Bad Request: IMAGE_PROCESS_FAILED"), fault("rejected")],
  ["a picture too wide", refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), fault("rejected")],
  ["no Stars left", refused(400, "Bad Request: BALANCE_TOO_LOW"), fault("rejected")],
  ["a revoked token", refused(401, "Unauthorized"), fault("account", { trouble: "loggedOut" })],
  ["a token that never was one", refused(404, "Not Found"), fault("account", { trouble: "loggedOut" })],
  ["a server error", refused(500, "Internal Server Error"), fault("uncertain")],
  ["a bad gateway", refused(502, "Bad Gateway"), fault("uncertain")],
  ["a 400 nobody knows", refused(400, "Bad Request: SOMETHING_NEW"), fault("unexplained")],
  ["a proxy's page", { kind: "unreadable", status: 502 }, fault("uncertain")],
  ["nobody there", { kind: "unreached" }, fault("unavailable")],
  ["a cut connection", { kind: "lost", isOurs: false }, fault("uncertain", { why: "telegramCut" })],
  ["our own impatience", { kind: "lost", isOurs: true }, fault("uncertain", { why: "stoppedBeforeAnswer" })],
];

describe("knows what Telegram means", () => {
  test.each(rows)("by %s", (_name, outcome, reading) => {
    expect(readingOf(outcome)).toMatchObject(reading);
  });
});

test("knows how long it is asked to be silent", () => {
  const told = refused(429, "Too Many Requests: retry after 7", { retry_after: 7 });
  expect(waitAskedFor(told)).toBe(7);
  expect(waitAskedFor(refused(429, "Too Many Requests"))).toBe(30);
  expect(waitAskedFor(refused(400, "Bad Request", { retry_after: 7 }))).toBeUndefined();
  expect(waitAskedFor({ kind: "unreached" })).toBeUndefined();
});

test("matches descriptions whatever their case", () => {
  const reading = readingOf(refused(403, "FORBIDDEN: BOT WAS BLOCKED BY THE USER"));
  expect(reading).toMatchObject({ left: "blocked" });
});

test("says nothing of what Telegram quotes from the message", () => {
  const quoting = refused(400, "Bad Request: can't parse entities: our secret recipe");
  expect(JSON.stringify(readingOf(quoting))).not.toContain("secret");
});
