/** Answers, operators' replies, audiences and tags on PostgreSQL. */
import { expect, test } from "vitest";
import { AnswerBook } from "../../src/domain/people/answer.ts";
import { createAnswerStore } from "../../src/storage/postgres/answers/answer-store.ts";
import { createOwnReplyStore } from "../../src/storage/postgres/answers/own-reply-store.ts";
import { createAudienceStore } from "../../src/storage/postgres/audiences/audience-store.ts";
import { createTagStore } from "../../src/storage/postgres/audiences/tag-store.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { answersContract } from "./answers.ts";
import { audiencesContract, tagsContract } from "./audiences.ts";
import { ownRepliesContract } from "./own-replies.ts";

const { fresh, next, openersOf } = twoProcesses();

answersContract("PostgreSQL", openersOf(createAnswerStore));
ownRepliesContract("PostgreSQL", openersOf(createOwnReplyStore));
audiencesContract("PostgreSQL", openersOf(createAudienceStore));
tagsContract("PostgreSQL", openersOf(createTagStore));

const answer = { channel: "x", account: "news", username: "ali", text: "yes", at: 5, key: "1" };

test("answers that two processes take in at the same moment have a number each, one message once", async () => {
  await fresh();
  const stores = [createAnswerStore(next()), createAnswerStore(next())] as const;
  const taken = await Promise.all(
    ["1", "1", "2", "3"].map((key, at) => stores[at % 2 === 0 ? 0 : 1].append({ ...answer, key })),
  );
  const numbers = taken.flatMap((one) => one?.number ?? []);
  expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
});

test("a claim knows when somebody answered last, as the domain does", async () => {
  await fresh();
  const store = createAnswerStore(next());
  const book = new AnswerBook();
  for (const given of [
    { ...answer, personId: "7" },
    { ...answer, key: "2", at: 3 },
    { ...answer, key: "3", at: 9, isAutomatic: true as const },
    { ...answer, key: "4", at: 8, channel: "telegram" },
  ]) {
    const taken = await store.append(given);
    if (taken) book.put(taken);
  }
  for (const names of [["ali"], ["7"], ["sara", "7"], ["sara"]]) {
    const { rows } = await next().query("select peyk.last_answer('x', $1) as at", [names]);
    expect(rows[0]?.["at"] ?? undefined).toBe(book.lastFrom("x", names));
  }
});

test("of two processes that claim a reply one does", async () => {
  await fresh();
  const [one, other] = [createOwnReplyStore(next()), createOwnReplyStore(next())];
  await one.ask({ id: "a", answer: 1, text: "hello", by: "1", at: 1 });
  const claimed = await Promise.all([one.claim("a", 2), other.claim("a", 2)]);
  expect(claimed.toSorted()).toEqual([false, true]);
});
