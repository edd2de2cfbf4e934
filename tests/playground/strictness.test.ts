/** The server refuses what the real one refuses, in the real one's words. */
import { expect, test } from "vitest";
import type { Playground } from "../../src/playground/playground.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { call, kian, open, poll, readAnswer, sara } from "./open-playground.ts";

/** A playground where Sara wrote and the bot answered with message 2, which has a button. */
async function withChat(): Promise<Playground> {
  const playground = await open();
  playground.world.sendText(sara.id, "/start");
  await call(playground, "sendMessage", { chat_id: sara.id, text: "Hello", reply_markup: keys("more") });
  return playground;
}

function keys(pressed: string): object {
  return { inline_keyboard: [[{ text: "More", callback_data: pressed }]] };
}

const to = { chat_id: sara.id };
const same =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

test.each<[string, object, number, string]>([
  ["sendMessage", { text: "x" }, 400, "Bad Request: chat_id is empty"],
  ["sendMessage", { chat_id: 999, text: "x" }, 400, "Bad Request: chat not found"],
  ["sendMessage", { chat_id: "@sara", text: "x" }, 400, "Bad Request: chat not found"],
  [
    "sendMessage",
    { chat_id: kian.id, text: "x" },
    403,
    "Forbidden: bot can't initiate conversation with a user",
  ],
  ["sendMessage", to, 400, "Bad Request: message text is empty"],
  ["sendMessage", { ...to, text: " \n\u200a" }, 400, "Bad Request: message text is empty"],
  ["sendMessage", { ...to, text: "<b></b>", parse_mode: "HTML" }, 400, "Bad Request: message text is empty"],
  ["sendMessage", { ...to, text: "x".repeat(4097) }, 400, "Bad Request: message is too long"],
  [
    "sendMessage",
    { ...to, text: "x", reply_markup: keys("x".repeat(65)) },
    400,
    "Bad Request: BUTTON_DATA_INVALID",
  ],
  [
    "sendMessage",
    { ...to, text: "x", reply_markup: keys("س".repeat(33)) },
    400,
    "Bad Request: BUTTON_DATA_INVALID",
  ],
  ["sendMessage", { ...to, text: "x", reply_markup: keys("") }, 400, "Bad Request: BUTTON_DATA_INVALID"],
  [
    "sendMessage",
    { ...to, text: "x", reply_markup: { inline_keyboard: [[{ text: "a" }]] } },
    400,
    "Bad Request: Text buttons are unallowed in the inline keyboard",
  ],
  [
    "sendMessage",
    { ...to, text: "x", reply_parameters: { message_id: 77 } },
    400,
    "Bad Request: message to be replied not found",
  ],
  ["editMessageText", { ...to, message_id: 99, text: "x" }, 400, "Bad Request: message to edit not found"],
  ["editMessageText", { ...to, message_id: 1, text: "x" }, 400, "Bad Request: message can't be edited"],
  [
    "editMessageText",
    { ...to, message_id: 2, text: "Hello", reply_markup: keys("more") },
    400,
    `Bad Request: ${same}`,
  ],
  [
    "editMessageReplyMarkup",
    { ...to, message_id: 2, reply_markup: keys("more") },
    400,
    `Bad Request: ${same}`,
  ],
  [
    "editMessageCaption",
    { ...to, message_id: 2, caption: "x" },
    400,
    "Bad Request: there is no caption in the message to edit",
  ],
  ["deleteMessage", { ...to, message_id: 99 }, 400, "Bad Request: message to delete not found"],
  [
    "answerCallbackQuery",
    { callback_query_id: "1" },
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
  ],
  ["getFile", { file_id: "x" }, 400, "Bad Request: wrong file_id or the file is temporarily unavailable"],
  ["sendDocument", to, 400, "Bad Request: there is no document in the request"],
  [
    "setMyCommands",
    { commands: [{ command: "New", description: "x" }] },
    400,
    "Bad Request: BOT_COMMAND_INVALID",
  ],
  ["sendGift", to, 404, "Not Found"],
])("%s %j is refused", async (method, fields, code, description) => {
  const answer = await call(await withChat(), method, fields);
  expect(answer).toEqual({ ok: false, error_code: code, description });
});

test("takes what is just inside the limits", async () => {
  const playground = await withChat();
  const fields = {
    ...to,
    text: `<b>${"x".repeat(4096)}</b>`,
    parse_mode: "HTML",
    reply_markup: keys("س".repeat(32)),
  };
  expect(await call(playground, "sendMessage", fields)).toMatchObject({ ok: true });
});

test("an edit without a keyboard takes the old one away", async () => {
  const playground = await withChat();
  await call(playground, "editMessageText", { ...to, message_id: 2, text: "Hello" });
  expect(playground.world.messages(sara.id).at(-1)).not.toHaveProperty("reply_markup");
});

test("a press is answered once, and in time", async () => {
  const clock = createVirtualClock(1_700_000_000_000);
  const playground = await open({ clock });
  playground.world.sendText(sara.id, "/start");
  const inTime = playground.world.press(sara.id, 1, "a");
  const late = playground.world.press(sara.id, 1, "b");
  const updates = await poll(playground);
  const [first, second] = updates.flatMap((one) => (one.callback_query ? [one.callback_query.id] : []));
  expect(await call(playground, "answerCallbackQuery", { callback_query_id: first, text: "Yes" })).toEqual({
    ok: true,
    result: true,
  });
  expect(await call(playground, "answerCallbackQuery", { callback_query_id: first })).toMatchObject({
    error_code: 400,
  });
  expect(await inTime).toEqual({ text: "Yes" });
  await clock.advance(31_000);
  expect(await late).toEqual({ unanswered: true });
  expect(await call(playground, "answerCallbackQuery", { callback_query_id: second })).toMatchObject({
    error_code: 400,
  });
});

test("a person who blocked the bot can't be written to until they write again", async () => {
  const playground = await withChat();
  playground.world.block(sara.id, true);
  expect(await call(playground, "sendMessage", { ...to, text: "x" })).toEqual({
    ok: false,
    error_code: 403,
    description: "Forbidden: bot was blocked by the user",
  });
  playground.world.sendText(sara.id, "again");
  expect(await call(playground, "sendMessage", { ...to, text: "x" })).toMatchObject({ ok: true });
});

test("a wrong token is unauthorized, a malformed one and an unknown path are not found", async () => {
  const playground = await open();
  const ask = async (path: string): Promise<unknown> => readAnswer(await fetch(playground.apiRoot + path));
  const wrong = playground.token.replace(/.$/, playground.token.endsWith("x") ? "y" : "x");
  expect(await ask(`/bot${wrong}/getMe`)).toEqual({
    ok: false,
    error_code: 401,
    description: "Unauthorized",
  });
  expect(await ask("/botabc/getMe")).toEqual({ ok: false, error_code: 404, description: "Not Found" });
  expect(await ask(`/file/bot${playground.token}/documents/none.csv`)).toMatchObject({ error_code: 404 });
  expect(await ask("/nowhere")).toMatchObject({ error_code: 404 });
});

test("takes fields from the query, a form, JSON and multipart alike, and methods in any case", async () => {
  const playground = await withChat();
  const at = (method: string): string => `${playground.apiRoot}/bot${playground.token}/${method}`;
  const form = new FormData();
  form.set("chat_id", String(sara.id));
  form.set("text", "form");
  await fetch(`${at("SENDMESSAGE")}?chat_id=${sara.id}&text=query`);
  await fetch(at("sendmessage"), {
    method: "POST",
    body: new URLSearchParams({ chat_id: String(sara.id), text: "urlencoded" }),
  });
  await fetch(at("sendMessage"), { method: "POST", body: form });
  expect(
    playground.world
      .messages(sara.id)
      .slice(2)
      .map((one) => one.text),
  ).toEqual(["query", "urlencoded", "form"]);
  const broken = await fetch(at("sendMessage"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  expect(await readAnswer(broken)).toMatchObject({ error_code: 400 });
});

test("a file over 50 MB is too large, a caption over 1024 characters too long, text no photo", async () => {
  const playground = await withChat();
  const send = async (method: string, field: string, size: number, caption = ""): Promise<unknown> => {
    const form = new FormData();
    form.set("chat_id", String(sara.id));
    form.set("caption", caption);
    form.set(field, "attach://it");
    form.set("it", new Blob([Buffer.alloc(size, "x")]), "list.csv");
    return readAnswer(
      await fetch(`${playground.apiRoot}/bot${playground.token}/${method}`, { method: "POST", body: form }),
    );
  };
  expect(await send("sendDocument", "document", 50 * 1024 * 1024 + 1)).toEqual({
    ok: false,
    error_code: 413,
    description: "Request Entity Too Large",
  });
  expect(await send("sendDocument", "document", 5, "x".repeat(1025))).toMatchObject({
    description: "Bad Request: message caption is too long",
  });
  expect(await send("sendPhoto", "photo", 50)).toMatchObject({
    description: "Bad Request: IMAGE_PROCESS_FAILED",
  });
  expect(await send("sendDocument", "document", 0)).toMatchObject({
    description: "Bad Request: file must be non-empty",
  });
});

test("the bot can fetch 20 MB and not a byte more", async () => {
  const playground = await withChat();
  const sizes = [20 * 1024 * 1024, 20 * 1024 * 1024 + 1];
  const files = sizes.map((size) =>
    playground.world.sendDocument(sara.id, { name: "big.csv", bytes: Buffer.alloc(size) }),
  );
  const answers = await Promise.all(
    files.map((one) => call(playground, "getFile", { file_id: one.document?.file_id })),
  );
  expect(answers[0]).toMatchObject({ ok: true });
  expect(answers[1]).toEqual({ ok: false, error_code: 400, description: "Bad Request: file is too big" });
});

test("sends and edits share one limit", async () => {
  const clock = createVirtualClock(1_700_000_000_000);
  const limits = { perChat: { perSecond: 1, burst: 2 }, overall: { perSecond: 30, burst: 30 } };
  const playground = await open({ clock, limits });
  playground.world.sendText(sara.id, "/start");
  await call(playground, "sendMessage", { ...to, text: "1" });
  await call(playground, "editMessageText", { ...to, message_id: 2, text: "2" });
  expect(await call(playground, "sendMessage", { ...to, text: "3" })).toEqual({
    ok: false,
    error_code: 429,
    description: "Too Many Requests: retry after 1",
    parameters: { retry_after: 1 },
  });
  await clock.advance(1000);
  expect(await call(playground, "sendMessage", { ...to, text: "3" })).toMatchObject({ ok: true });
});
