/** What people answer on X, from the operator's chat: the real program behind the real bot, in front of the strict fake X. */
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCore } from "../../src/composition/core.ts";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { openIdentityStore } from "../../src/storage/files/people/identity-store.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { channelName } from "../../src/words/channel-name.ts";
import { openBench } from "../bot/bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, arrived, textOf } from "../bot/chat.ts";
import { oneOfToday } from "../support/every-moment.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import { middayZone } from "../support/midday.ts";
import { configOf, moveIn } from "../support/move-in.ts";
import { ownStore } from "../support/own-store.ts";

const DAY = 86_400_000;
/** Who was written to four days ago, and by which account. */
const wroteTo = { ali: "news", sara: "help", nima: "help", mina: "news" } as const;
const names = Object.keys(wroteTo);

const lines = (all: readonly unknown[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join("");

async function folderWith(dataDir: string, x: FakeX): Promise<void> {
  const at = Date.now() - 4 * DAY;
  const folder = join(dataDir, "campaigns", "spring");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "list-001.jsonl"), lines(names.map((name) => [name, name.toUpperCase()])));
  await writeFile(join(dataDir, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
  await using people = await openIdentityStore(join(dataDir, "x-people.jsonl"));
  await people.found(new Map(names.map((name) => [name, x.idOf(name)])), at);
  await (
    await openCampaignStore(dataDir)
  ).create({
    id: "spring",
    createdAt: at,
    channel: "x",
    accounts: ["news", "help"].map((name) => ({ name, caps: {} })),
    message: "Hello {{first_name}}",
    lists: [{ file: "list-001.jsonl", count: 4, columns: ["first_name"], origin: "test", importedAt: at }],
    consent: { statement: "they asked for it", by: "1001", at },
    followUps: [{ afterDays: 3, message: "Still there, {{first_name}}?" }],
    status: "finished",
    finishedAt: at,
  });
  const journal = Object.entries(wroteTo).flatMap(([name, a], r) => [
    { t: "claim", r, a, n: 1, p: x.idOf(name), at },
    { t: "sent", r, id: String(r + 1), at },
  ]);
  await appendFile(join(folder, "journal.jsonl"), lines(journal));
}

test.each(oneOfToday(["en", "fa"] as const))(
  "answers on X are switched on with their price, come as cards, get the operator's reply and no follow-up (%s)",
  async (locale) => {
    await using x = await openFakeX({
      accounts: [{ name: "news" }, { name: "help" }],
      people: names.map((name) => ({ name })),
    });
    const dataDir = await mkdtemp(join(tmpdir(), "peyk-x-answers-"));
    const own = await ownStore();
    await folderWith(dataDir, x);
    await moveIn({ dataDir, own });
    const config = configOf({
      ...own,
      DATA_DIR: dataDir,
      TIME_ZONE: middayZone(),
      OPERATOR_IDS: `${OPERATOR},${SECOND_OPERATOR}`,
      X_API_BASE_URL: x.address,
      X_ACCOUNTS_FILE: join(dataDir, "x-accounts.json"),
    });
    const problems: unknown[] = [];
    const core = await openCore(config, { error: (problem) => void problems.push(problem) });
    const got = (name: string) => x.received(name).map(({ account, text }) => [account, text]);
    {
      await using bench = await openBench({ locale, app: core.app });
      const { words, world } = bench;
      const said = (id: string, variables: SentenceVariables = {}): string =>
        arrived(words.say(id, variables)).split("\n")[0] ?? "";
      const channel = channelName("x", words);
      const operator = new Chat(bench);
      await operator.say("/answers", said("answers-channel-off", { channel }));
      const question = await operator.pressFor(
        words.plain("button-answers-on", { channel }),
        said("answers-ask", { channel, spent: 0.01, day: "2026-08-01" }),
      );
      expect(textOf(question)).toContain(locale === "fa" ? "۰٫۰۱" : "$0.01");
      await operator.press(words.plain("button-answers-on", { channel }));
      await operator.finds(said("answers-channel-on", { channel }));
      x.writeBack("ali", "news", "Is it open on Friday?");
      x.writeBack("sara", "help", locale === "fa" ? "انصراف" : "Stop");
      x.writeBack("mina", "news", "Automatic reply: out of office");
      await core.recover();
      const card = await operator.finds("Is it open on Friday?");
      expect(textOf(card)).toContain("Hello ALI");
      world.sendText(OPERATOR, "Yes, from nine.", { replyTo: card.message_id });
      await operator.sees(said("reply-sent", { name: "ali" }));
      await expect.poll(() => [...got("nima"), ...got("mina")], { timeout: 60_000 }).toHaveLength(2);
      expect(Object.fromEntries(names.map((name) => [name, got(name)]))).toEqual({
        ali: [["news", "Yes, from nine."]],
        sara: [],
        nima: [["help", "Still there, NIMA?"]],
        mina: [["news", "Still there, MINA?"]],
      });
      await operator.say("/status spring", said("card-answered", { count: 1 }));
      await operator.say("/answers", said("answers-title", { count: 1 }));
      expect((await core.app.suppress.list()).map(({ username }) => username)).toEqual(["sara"]);
    }
    await core.close();
    expect(problems).toEqual([]);
    await rm(dataDir, { recursive: true });
  },
);
