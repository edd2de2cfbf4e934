/** A real grammY bot against the playground: what it sends and receives goes over the wire unchanged. */
import { Bot, GrammyError, InlineKeyboard, InputFile } from "grammy";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import type { FloodLimits } from "../../src/playground/api/flood-limiter.ts";
import type { Person } from "../../src/playground/world/person.ts";
import { openPlayground, type Playground } from "../../src/playground/playground.ts";

const sara: Person = { id: 11, firstName: "Sara", username: "sara", languageCode: "en", role: "operator" };
const nima: Person = { id: 12, firstName: "Nima", username: "nima", languageCode: "fa", role: "operator" };

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function open(limits: FloodLimits | "off" = "off"): Promise<{ playground: Playground; bot: Bot }> {
  const playground = await openPlayground({ port: 0, persons: [sara, nima], clock: systemClock, limits });
  cleanups.push(async () => playground[Symbol.asyncDispose]());
  const bot = new Bot(playground.token, { client: { apiRoot: playground.apiRoot } });
  return { playground, bot };
}

function start(bot: Bot): void {
  const started = bot.start();
  cleanups.push(async () => {
    await bot.stop();
    await started;
  });
}

test("answers a text, and edits its answer when a button is pressed", async () => {
  const { playground, bot } = await open();
  bot.command("start", (ctx) =>
    ctx.reply(`Hello ${ctx.from?.first_name}`, { reply_markup: new InlineKeyboard().text("More", "more:1") }),
  );
  bot.callbackQuery(/^more:/, async (ctx) => {
    await ctx.editMessageText("<b>More</b> of it", { parse_mode: "HTML" });
    await ctx.answerCallbackQuery({ text: "There", show_alert: true });
  });
  start(bot);
  playground.world.sendText(sara.id, "/start");
  const hello = await playground.world.waitFor(sara.id, (one) => one.text === "Hello Sara");
  expect(await playground.world.press(sara.id, hello.message_id, "more:1")).toEqual({
    text: "There",
    showAlert: true,
  });
  const edited = await playground.world.waitFor(sara.id, (one) => one.text === "More of it");
  expect(edited.message_id).toBe(hello.message_id);
  expect(edited.entities).toEqual([{ type: "bold", offset: 0, length: 4 }]);
  expect(edited.edit_date).toBeTypeOf("number");
  expect(edited.reply_markup).toBeUndefined();
});

test("takes documents up and down, byte for byte, and sends one again by its id", async () => {
  const { playground, bot } = await open();
  const bytes = Buffer.from("username\nسارا\n");
  bot.on("message:document", async (ctx) => {
    const file = await ctx.getFile();
    const answer = await fetch(`${playground.apiRoot}/file/bot${playground.token}/${file.file_path}`);
    const copy = await ctx.replyWithDocument(
      new InputFile(Buffer.from(await answer.arrayBuffer()), "copy.csv"),
    );
    await ctx.replyWithDocument(copy.document.file_id, { caption: "again" });
  });
  start(bot);
  playground.world.sendDocument(sara.id, { name: "list.csv", mimeType: "text/csv", bytes });
  const again = await playground.world.waitFor(sara.id, (one) => one.caption === "again");
  expect(again.document?.file_name).toBe("copy.csv");
  expect(playground.world.fileBytes(again.document?.file_id ?? "")).toEqual(bytes);
});

test("a 429 names the seconds to wait", async () => {
  const { playground, bot } = await open({
    perChat: { perSecond: 0.25, burst: 1 },
    overall: { perSecond: 30, burst: 30 },
  });
  playground.world.sendText(sara.id, "hi");
  const sent = await bot.api.sendMessage(sara.id, "one");
  const refusal = await bot.api
    .editMessageText(sara.id, sent.message_id, "two")
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(GrammyError);
  expect(refusal).toMatchObject({
    error_code: 429,
    description: "Too Many Requests: retry after 4",
    parameters: { retry_after: 4 },
  });
});

test("of two pollers the earlier one ends with a conflict", async () => {
  const { bot, playground } = await open();
  const polls = [1, 2].map(() => bot.api.getUpdates({ timeout: 30 }).catch((error: unknown) => error));
  const ended = await Promise.race(polls);
  playground.world.sendText(sara.id, "hi");
  const answers = await Promise.all(polls);
  expect(answers.filter(Array.isArray)).toHaveLength(1);
  expect(ended).toMatchObject({
    error_code: 409,
    description:
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  });
});

test("failures can be planned, lost answers among them", async () => {
  const { bot, playground } = await open();
  playground.world.sendText(nima.id, "سلام");
  playground.world.failNext("sendMessage", { errorCode: 502, description: "Bad Gateway" });
  playground.world.failNext("sendMessage", { hangUp: "after" });
  await expect(bot.api.sendMessage(nima.id, "a")).rejects.toMatchObject({ error_code: 502 });
  await expect(bot.api.sendMessage(nima.id, "b")).rejects.toThrow("Network request for 'sendMessage' failed");
  await bot.api.sendMessage(nima.id, "c");
  expect(playground.world.messages(nima.id).map((one) => one.text)).toEqual(["سلام", "b", "c"]);
  expect(playground.world.calls().map(({ method, status }) => [method, status])).toEqual([
    ["sendMessage", 502],
    ["sendMessage", 0],
    ["sendMessage", 200],
  ]);
});
