/** The running program against an embedded Bot API: what kills, refusals and slow downloads leave of what it was told. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { LEAVE_PRESS } from "../../src/domain/people/leave-press.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Playground } from "../../src/playground/playground.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import { createLexicon } from "../../src/words/words.ts";
import { ownStore } from "../support/own-store.ts";
import { askOnce } from "../support/postgres/ask-once.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { RunningProgram } from "../support/running-program.ts";
import { startProgram } from "../support/running-program.ts";
import type { Settings } from "../support/stored.ts";
import { Chat, OPERATOR, STRANGER, arrived } from "./chat.ts";

const { en, fa } = createLexicon({ clock: systemClock, timeZone: "UTC" });
const said = (id: string, variables = {}): string => arrived(en.say(id, variables)).split("\n")[0] ?? "";

/** How often somebody said stop, as it is kept. */
async function stops(): Promise<number> {
  const { DATABASE_URL: url } = own;
  if (url === undefined)
    return (await readFile(join(data, "subscribers.jsonl"), "utf8")).split('"stopped"').length - 1;
  return (await askOnce(url, "select from peyk.subscriber_changes where kind <> 'joined'")).length;
}

/** What was set aside, as it is kept. */
async function setAside(): Promise<string> {
  const { DATABASE_URL: url } = own;
  if (url === undefined) return readFile(join(data, "bot", "updates-set-aside.jsonl"), "utf8");
  return JSON.stringify(await askOnce(url, "select content from peyk.updates_set_aside"));
}

const never = new Promise(() => undefined);

let program: Compiled;
let playground: Playground;
let data: string;
let own: Settings;
let running: RunningProgram | undefined;
beforeAll(async () => void (program = await compile("main.ts")));
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "peyk-killed-"));
  own = await ownStore();
  const person = { languageCode: "en", role: "stranger" } as const;
  const persons = [
    { ...person, id: OPERATOR, firstName: "Sara", username: "sara_op" },
    { ...person, id: STRANGER, firstName: "Nima", username: "nima_s" },
  ];
  playground = await openPlayground({ port: 0, persons, clock: systemClock, limits: "off" });
});
afterEach(async () => {
  await running?.kill();
  await playground[Symbol.asyncDispose]();
  await rm(data, { recursive: true, force: true });
});

const start = async (settings = {}): Promise<RunningProgram> =>
  (running = await startProgram(program, {
    ...own,
    DATA_DIR: data,
    BOT_TOKEN: playground.token,
    TELEGRAM_API_ROOT: playground.apiRoot,
    OPERATOR_IDS: String(OPERATOR),
    WEB_PORT: "0",
    ...settings,
  }));

test("an opt-out binds while a list is downloaded, by word or by one tap, and outlasts a kill right behind it", async () => {
  const { world } = playground;
  const [operator, person] = [new Chat(playground), new Chat(playground, STRANGER)];
  await start();
  await person.say("/start", said("subscribed", { bot: "Peyk" }));
  await operator.say("/new spring", said("ask-recipients", { id: "spring" }));
  world.failNext("file", { slow: never }, 100);
  world.sendDocument(OPERATOR, { name: "list.txt", bytes: new TextEncoder().encode("ali_one") });
  await expect.poll(() => world.calls().some(({ method }) => method === "getFile")).toBe(true);
  await person.say("/stop", said("unsubscribed"));
  const { message_id: message } = await person.say("/start", said("subscribed", { bot: "Peyk" }));
  const toast = await world.press(STRANGER, message, LEAVE_PRESS);
  await running?.kill();
  expect(toast.text).toBe(en.plain("unsubscribed"));
  expect(await stops()).toBe(2);
});

test("an update in hand at a kill is handled by the next start; after two kills it is set aside and told", async () => {
  const { world } = playground;
  const operator = new Chat(playground);
  const downloads = (): number => world.calls().filter(({ method }) => method === "getFile").length;
  await start();
  await operator.say("/new spring", said("ask-recipients", { id: "spring" }));
  world.failNext("file", { slow: never }, 100);
  world.sendDocument(OPERATOR, { name: "list.txt", bytes: new TextEncoder().encode("ali_one") });
  for (const begun of [1, 2]) {
    await expect.poll(downloads).toBe(begun);
    await running?.kill();
    await start();
  }
  await operator.finds(
    said("update-set-aside", { what: en.plain("aside-file", { name: "list.txt" }), path: "" }).split(
      "list.txt",
    )[0] ?? "",
  );
  expect(downloads()).toBe(2);
  expect(await setAside()).toContain("list.txt");
  await operator.say("sara_two", said("report-counts", { read: 1, valid: 1, duplicates: 0, invalid: 0 }));
  expect(await running?.stop()).toBe(0);
});

test("a token that Telegram refuses ends the program with a sentence in the operator's language", async () => {
  const refused = await start({
    BOT_TOKEN: "1234567:AAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    DEFAULT_LOCALE: "fa",
  });
  await expect
    .poll(() => refused.output())
    .toContain(fa.plain("listen-end-unauthorized").replaceAll(/[\u2068\u2069]/g, ""));
  expect(await refused.ended()).toBe(1);
});
