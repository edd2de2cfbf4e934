import { Api } from "grammy";
import { expect, test } from "vitest";
import { PublicAnswers } from "./public-answers.ts";

/** Answers through an API that takes them when it is told to. */
function scene() {
  const api = new Api("1:x");
  const [sent, waiting]: [string[], (() => void)[]] = [[], []];
  api.config.use(async (_previous, _method, payload) => {
    sent.push(
      `${"chat_id" in payload ? String(payload.chat_id) : ""} ${"text" in payload ? payload.text : ""}`,
    );
    await new Promise<void>((resolve) => waiting.push(resolve));
    return { ok: false, error_code: 400, description: "as good as any answer here" };
  });
  const leaving = new Set<number>();
  const answers = new PublicAnswers({ inBackground: (task) => void task(), leaving });
  const add = (chatId: number, text: string, isUrgent = false): void =>
    answers.add(api, chatId, { text, isUrgent });
  const letOneGo = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { add, sent, letOneGo, leaving };
}

test("whoever leaves is told before all who came, and those are told in their order, a few at a time", async () => {
  const { add, sent, letOneGo } = scene();
  for (let id = 1; id <= 1000; id += 1) add(id, "welcome");
  await letOneGo();
  const before = sent.length;
  expect(before).toBeLessThan(20);
  add(500, "you left", true);
  add(2000, "you left", true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent.slice(before)).toEqual(["500 you left", "2000 you left"]);
  for (let turns = 0; turns < 1100; turns += 1) await letOneGo();
  expect(sent.filter((one) => one.startsWith("500 "))).toEqual(["500 you left"]);
  expect(sent).toHaveLength(1001);
});

test("a person who writes on and on gets the latest answer after the one that is under way", async () => {
  const { add, sent, letOneGo } = scene();
  for (const text of ["one", "two", "three"]) add(1, text);
  await letOneGo();
  await letOneGo();
  expect(sent).toEqual(["1 one", "1 three"]);
});

test("whoever leaves is known as leaving until they were told, also when a greeting is under way to them", async () => {
  const { add, letOneGo, leaving } = scene();
  add(1, "welcome");
  add(2, "you left", true);
  add(1, "you left", true);
  expect([...leaving]).toEqual([2, 1]);
  await letOneGo();
  await letOneGo();
  expect([...leaving]).toEqual([1]);
  await letOneGo();
  expect([...leaving]).toEqual([]);
});
