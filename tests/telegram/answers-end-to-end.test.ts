/** Answers, replies and follow-ups by the whole program but its chat: real files, the real channel, the embedded Bot API. */
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLook } from "../../src/composition/open-look.ts";
import { openCore } from "../../src/composition/core.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Person } from "../../src/playground/playground.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { openSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { middayZone } from "../support/midday.ts";
import { configOf, moveIn } from "../support/move-in.ts";
import { ownStore } from "../support/own-store.ts";

const DAY = 86_400_000;
const names = ["ali", "sara", "nima", "omid"] as const;
const people = names.map((name, at): Person => ({
  id: 5001 + at,
  firstName: name,
  username: name,
  languageCode: "en",
  role: "stranger",
}));

const lines = (all: readonly unknown[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join("");

/** Four subscribers were sent a message four days ago. */
async function folderWith(dataDir: string): Promise<void> {
  const sentAt = Date.now() - 4 * DAY;
  {
    await using store = await openSubscriberStore(join(dataDir, "subscribers.jsonl"));
    for (const { id, firstName, username = "" } of people)
      await store.change(id, () => ({ id, firstName, username, state: "active", at: 0 }));
  }
  const folder = join(dataDir, "campaigns", "spring");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "list-001.jsonl"), lines(names.map((name) => [name, name.toUpperCase()])));
  await (
    await openCampaignStore(dataDir)
  ).create({
    id: "spring",
    createdAt: sentAt,
    channel: "telegram",
    accounts: [{ name: "bot", caps: {} }],
    message: "Hello",
    lists: [
      { file: "list-001.jsonl", count: 4, columns: ["first_name"], origin: "test", importedAt: sentAt },
    ],
    consent: { statement: "they pressed Start", by: "1001", at: sentAt },
    followUps: [{ afterDays: 3, message: "Still there, {{first_name}}?" }],
    status: "finished",
    finishedAt: sentAt,
  });
  await appendFile(
    join(folder, "journal.jsonl"),
    lines(
      names.flatMap((_, r) => [
        { t: "claim", r, a: "bot", n: 1, p: String(5001 + r), at: sentAt },
        { t: "sent", r, id: `m${r}`, at: sentAt },
      ]),
    ),
  );
}

test("who answered is counted, gets the operator's reply once and no follow-up; the others get one", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "peyk-answers-"));
  const own = await ownStore();
  await folderWith(dataDir);
  await moveIn({ dataDir, own });
  await using playground = await openPlayground({
    port: 0,
    persons: people,
    clock: systemClock,
    limits: "off",
  });
  const { token, apiRoot, world } = playground;
  for (const { id } of people) world.sendText(id, "/start");
  const config = configOf({ ...own, DATA_DIR: dataDir, TIME_ZONE: middayZone() });
  const problems: unknown[] = [];
  const open = () =>
    openCore(
      { ...config, openTelegram: () => Promise.resolve({ token, apiRoot }) },
      { error: (problem) => void problems.push(problem) },
    );
  let core = await open();
  const { answers, subscribers } = core.app;
  const ali = { id: 5001, firstName: "ali", username: "ali" };
  const written = { text: "Yes please", at: Date.now(), messageId: 7 };
  expect(await answers.heard(ali, written)).toMatchObject({ number: 1, campaignId: "spring" });
  expect(await answers.heard(ali, written)).toBeUndefined();
  expect(await answers.get(1)).toMatchObject({ answered: "Hello" });
  const unasked: string[] = [];
  answers.watchReplies(({ id }) => void unasked.push(id));
  const asked = { id: "1001:9", answer: 1, text: "See you on Friday.", by: "1001" };
  for (const _ of [1, 2])
    expect(await answers.reply(asked)).toMatchObject({ ok: true, reply: { state: "sent" } });
  const followed = async (name: string): Promise<(number | undefined)[]> => {
    const answer = await core.app.who(name);
    return answer.ok ? answer.who.people.flatMap(({ rows }) => rows.map(({ followUpAt }) => followUpAt)) : [];
  };
  // Whoever waits for the answer is not told a second time.
  expect(unasked).toEqual([]);
  let tellings = 0;
  const tell = () => answers.tell(asked.id, async () => void (await Promise.resolve(tellings++)));
  await expect(answers.tell(asked.id, () => Promise.reject(new Error("no way")))).rejects.toThrow("no way");
  expect(await Promise.all([tell(), tell()])).toEqual([true, false]);
  expect([await tell(), tellings]).toEqual([false, 1]);
  expect(await followed("ali")).toEqual([undefined]);
  expect(await followed("sara")).toEqual([expect.any(Number)]);
  expect(await followed("nima")).toEqual([expect.any(Number)]);
  await subscribers.leave(5002, "stopped");
  // On the do-not-send list by their id, and written to under their name.
  await core.app.suppress.add(["id5004"], "blocked");
  expect(await followed("sara")).toEqual([undefined]);
  expect(await answers.reply({ ...asked, id: "1001:10", answer: 99 })).toMatchObject({ problem: "noAnswer" });
  await core.recover();
  await world.waitFor(5003, ({ text }) => text === "Still there, NIMA?");
  await core.close();
  core = await open();
  await core.recover();
  expect(await followed("nima")).toEqual([undefined, undefined]);
  await using opened = await openLook({ ...config, dataDir }, (problem) => void problems.push(problem));
  expect(await opened.look.answers.list("spring")).toMatchObject([{ username: "ali", text: "Yes please" }]);
  const view = await core.app.view("spring-follow-up-1");
  expect(view?.campaign).toMatchObject({ followsUp: { campaignId: "spring", step: 1 } });
  expect((await core.app.view("spring"))?.answered).toBe(1);
  expect(await core.app.cancelFollowUps("spring", "1001")).toEqual({ ok: true });
  expect(await core.app.cancelFollowUps("spring", "1001")).toMatchObject({ problem: "nothingToDo" });
  await core.close();
  const got = (id: number) => world.messages(id).flatMap(({ from, text }) => (from?.is_bot ? [text] : []));
  expect(people.map(({ id }) => got(id))).toEqual([["See you on Friday."], [], ["Still there, NIMA?"], []]);
  expect(problems).toEqual([]);
  await rm(dataDir, { recursive: true });
});
