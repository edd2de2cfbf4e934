import { expect, test } from "vitest";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import { putCampaign } from "../../../tests/support/engine-bench.ts";
import { createMemoryDisk } from "../../../tests/support/memory-stores.ts";
import { createMemoryAnswers } from "../../../tests/support/memory-answers.ts";
import type { Heard } from "./heard-answers.ts";
import { HeardAnswers } from "./heard-answers.ts";

const MINUTE = 60_000;

/** Answers of people of whom it is known when which campaign wrote to them last. */
function bench(wrote: Readonly<Record<string, { readonly at: number; readonly by: string }>>) {
  const answers = createMemoryAnswers();
  const events: CampaignEvent[] = [];
  const problems: string[] = [];
  const campaigns: Campaign[] = [];
  const contacts = {
    since: async (channel: string) => {
      if (channel === "damaged") throw new Error("line 8");
      return { latest: (name: string) => wrote[name]?.at, latestFrom: (name: string) => wrote[name]?.by };
    },
  };
  const heardAnswers = new HeardAnswers({
    answers,
    contacts,
    campaigns: { all: async () => [...campaigns] },
    clock: { now: () => 100 * MINUTE },
    costs: (channel) => channel === "x",
    emit: (event) => void events.push(event),
    log: { error: (problem) => void problems.push(problem) },
  });
  return { campaigns, answers, heardAnswers, events, problems };
}

const heard = (text: string, more: Partial<Heard> = {}): Heard => ({
  channel: "telegram",
  account: "bot",
  names: ["ali", "id7"],
  mustAnswer: false,
  personId: "7",
  text,
  at: 50 * MINUTE,
  key: text,
  ...more,
});

test("an answer belongs to the campaign that wrote last before it, under whichever name", async () => {
  const { heardAnswers, events } = bench({
    id7: { at: 40 * MINUTE, by: "spring" },
    ali: { at: 30 * MINUTE, by: "winter" },
    late: { at: 60 * MINUTE, by: "tea" },
  });
  expect(await heardAnswers.take(heard("yes"))).toMatchObject({
    number: 1,
    username: "id7",
    campaignId: "spring",
  });
  const early = await heardAnswers.take(heard("no", { names: ["late"] }));
  expect(early).toMatchObject({ username: "late" });
  expect(early).not.toHaveProperty("campaignId");
  const told = { campaignId: "spring", username: "id7", account: "bot", number: 1 };
  expect(events).toEqual([{ kind: "answered", at: 50 * MINUTE, ...told }]);
});

test("the same message is told once, and an automatic one is kept and counts for nothing", async () => {
  const { heardAnswers, events, answers } = bench({ ali: { at: 1, by: "spring" } });
  const seen: number[] = [];
  heardAnswers.watch(({ number }) => void seen.push(number));
  const away = "Automatic reply: out of office";
  for (const text of ["yes", "yes", away]) await heardAnswers.take(heard(text));
  expect(seen).toEqual([1, 2]);
  expect(events).toHaveLength(1);
  expect(await answers.get(2)).toMatchObject({ text: away, isAutomatic: true });
  expect((await answers.answered("spring")).size).toBe(1);
});

test("where reading costs nothing is kept before somebody says so, and of strangers never", async () => {
  const { heardAnswers, answers } = bench({ ali: { at: 1, by: "spring" } });
  const onX = (text: string, name = "ali") =>
    heardAnswers.take(heard(text, { channel: "x", names: [name], mustAnswer: true }));
  expect(await onX("before")).toBeUndefined();
  await answers.keep("x", true);
  expect(await onX("after")).toMatchObject({ number: 1, campaignId: "spring" });
  expect(await onX("hello", "stranger")).toBeUndefined();
  await answers.keep("telegram", false);
  expect(await heardAnswers.take(heard("off"))).toBeUndefined();
});

test("where a follow-up goes by them, answers are kept whatever is shown", async () => {
  const { heardAnswers: desk, campaigns } = bench({ ali: { at: 1, by: "spring" } });
  const spring = putCampaign(createMemoryDisk(), { names: 0 });
  campaigns.push({ ...spring, channel: "x", followUps: [{ afterDays: 3, message: "Still there?" }] });
  const onX = { channel: "x", names: ["ali"], mustAnswer: true } as const;
  expect(await desk.take(heard("yes", onX))).toMatchObject({ number: 1 });
  expect(await desk.isShown("x")).toBe(false);
});

test("an answer is kept where its campaign can't be found because a journal is damaged", async () => {
  const { heardAnswers, problems } = bench({});
  expect(await heardAnswers.take(heard("yes", { channel: "damaged" }))).toMatchObject({ username: "ali" });
  expect(problems).toEqual(["which campaign an answer belongs to is not known: Error: line 8"]);
});
