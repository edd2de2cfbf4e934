/** Whatever was answered is on disk: a copy of the files taken at any moment is what a killed process leaves behind. */
import { appendFile, cp, readFile, readdir, truncate, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Playground } from "../../src/playground/playground.ts";
import { call, nima, open, poll, sara, temporaryFolder } from "./open-playground.ts";

/** Opens what a SIGKILL at this moment would leave of a playground. */
async function killed(folder: string): Promise<Playground> {
  const copy = await temporaryFolder();
  await cp(folder, copy, { recursive: true });
  return open({ stateFile: join(copy, "world.jsonl") });
}

test("messages, edits, files, commands, pins, ids and unconfirmed updates come back", async () => {
  const folder = await temporaryFolder();
  const before = await open({ stateFile: join(folder, "world.jsonl") });
  before.world.sendText(sara.id, "/start");
  const file = before.world.sendDocument(nima.id, { name: "list.csv", bytes: Buffer.from("ali\n") });
  await call(before, "sendMessage", { chat_id: sara.id, text: "0 %" });
  await call(before, "editMessageText", { chat_id: sara.id, message_id: 3, text: "50 %" });
  await call(before, "sendMessage", { chat_id: sara.id, text: "gone" });
  await call(before, "deleteMessage", { chat_id: sara.id, message_id: 4 });
  await call(before, "pinChatMessage", { chat_id: sara.id, message_id: 3 });
  await call(before, "setMyCommands", {
    commands: [{ command: "new", description: "تازه" }],
    language_code: "fa",
  });
  const updates = await call(before, "getUpdates");

  const after = await killed(folder);
  expect(after.token).toBe(before.token);
  expect(after.world.messages(sara.id)).toEqual(before.world.messages(sara.id));
  expect(after.world.messages(sara.id).map((one) => one.text)).toEqual(["/start", "50 %"]);
  expect(after.world.fileBytes(file.document?.file_id ?? "")).toEqual(Buffer.from("ali\n"));
  expect(await call(after, "getUpdates")).toEqual(updates);
  expect(await call(after, "getMyCommands", { language_code: "fa" })).toMatchObject({
    result: [{ command: "new" }],
  });
  await call(after, "sendMessage", { chat_id: sara.id, text: "next" });
  expect(after.world.messages(sara.id).at(-1)).toMatchObject({ message_id: 5, text: "next" });
});

test("confirmed updates do not come back, and a press before the kill can still be answered", async () => {
  const folder = await temporaryFolder();
  const before = await open({ stateFile: join(folder, "world.jsonl") });
  before.world.sendText(sara.id, "done");
  void before.world.press(sara.id, 1, "pressed");
  const [first, second] = await poll(before);
  await call(before, "getUpdates", { offset: (first?.update_id ?? 0) + 1 });

  const after = await killed(folder);
  expect(await call(after, "getUpdates")).toEqual({ ok: true, result: [second] });
  const answer = { callback_query_id: second?.callback_query?.id };
  expect(await call(after, "answerCallbackQuery", answer)).toEqual({ ok: true, result: true });
  expect(await call(after, "answerCallbackQuery", answer)).toMatchObject({ error_code: 400 });
});

test("half a last line is dropped, a broken line elsewhere is set aside", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "world.jsonl");
  const before = await open({ stateFile: path });
  before.world.sendText(sara.id, "one");
  await call(before, "sendMessage", { chat_id: sara.id, text: "two" });
  await before[Symbol.asyncDispose]();
  await truncate(path, (await stat(path)).size - 5);
  expect((await killed(folder)).world.messages(sara.id).map((one) => one.text)).toEqual(["one"]);
  await appendFile(path, "\n{}\n");
  await using again = await open({ stateFile: path });
  expect(again.world.messages(sara.id).map((one) => one.text)).toEqual(["one"]);
  expect((await stat(`${path}.broken-1`)).size).toBeGreaterThan((await stat(path)).size);
});

test("a log that is mostly edits is rewritten on opening, and files nobody names are thrown away", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "world.jsonl");
  const before = await open({ stateFile: path });
  before.world.sendText(sara.id, "/start");
  before.world.sendDocument(sara.id, { name: "list.csv", bytes: Buffer.from("ali\n") });
  await call(before, "sendMessage", { chat_id: sara.id, text: "start" });
  await call(before, "editMessageText", { chat_id: sara.id, message_id: 3, text: "done" });
  const messages = before.world.messages(sara.id);
  const updates = await call(before, "getUpdates");
  await before[Symbol.asyncDispose]();
  const edit = (await readFile(path, "utf8")).split("\n").findLast((line) => line.includes('"t":"message"'));
  await appendFile(path, `${edit}\n`.repeat(2500));
  await appendFile(join(folder, "files", "stranger.bin"), "x");

  const after = await open({ stateFile: path });
  expect((await readFile(path, "utf8")).split("\n").length).toBeLessThan(20);
  expect(await readdir(join(folder, "files"))).toHaveLength(1);
  expect(after.token).toBe(before.token);
  expect(after.world.messages(sara.id)).toEqual(messages);
  expect(await call(after, "getUpdates")).toEqual(updates);
  after.world.sendText(sara.id, "next");
  expect(after.world.messages(sara.id).at(-1)?.message_id).toBe(4);
});
