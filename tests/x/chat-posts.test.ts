/** Posts by hashtag from `/collect` to the file in the chat, while the program is killed over and over. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ChatOperator } from "../cli/chat-operator.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import { lookAt, ownStore } from "../support/own-store.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { freePort, startProgram } from "../support/running-program.ts";
import type { Settings } from "../support/stored.ts";

let program: Compiled;
beforeAll(async () => {
  program = await compile("main.ts");
});

/** `npm run kill:collect` kills as often as the requirement says. */
const kills = process.env["MODE"] === "long" ? 10 : 2;
const moods = ["again", undefined, "short", "empty", undefined] as const;

let x: FakeX;
let folder: string;
beforeEach(async () => {
  x = await openFakeX({
    accounts: [{ name: "peyk_one" }],
    searchMood: (search) => moods[search % moods.length],
    windows: { search: { count: 7, windowMs: 1500 } },
  });
  folder = await mkdtemp(join(tmpdir(), "peyk-chat-posts-"));
  for (let number = 0; number < 700; number += 1) {
    x.post(`fan_${number % 90}`, `A word on #Coffee, number ${number}`);
    x.post(`fan_${number % 70}`, number % 9 === 0 ? `#tea and #coffee, ${number}` : `#tea, number ${number}`);
  }
});
afterEach(async () => {
  await x[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test(`collects 500 posts of each of two hashtags from the chat although it is killed ${kills} times`, async () => {
  await writeFile(join(folder, "x.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
  const own = await ownStore();
  const settings = {
    ...own,
    DATA_DIR: join(folder, "data"),
    WEB_PORT: String(await freePort()),
    LOG_LEVEL: "silent",
    X_API_BASE_URL: x.address,
    X_ACCOUNTS_FILE: join(folder, "x.json"),
  };
  let running = await startProgram(program, settings);
  try {
    const operator = new ChatOperator(running.pageUrl);
    const { words } = operator;
    await operator.write("/collect");
    await operator.press("source-x-posts");
    await operator.seesText("hashtags or keywords");
    await operator.write("#coffee\n#tea");
    await operator.pressLabelled(words.plain("button-amount", { count: 500 }));
    const plan = await operator.seesText("500 different posts of each");
    expect(plan.text).toContain("$5.00");
    expect(x.calls).toEqual([]);
    await operator.press("button-collect-start");
    await operator.seesText("has begun");
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = x.calls.length;
      while (x.calls.length === before) await wait(10);
      await running.kill();
      running = await startProgram(program, settings);
    }
    const end = await toldAtTheEnd(operator);
    expect(end.text).toContain("1,000 of 1,000");
    await running.stop();
  } finally {
    await running.kill();
  }
  const rows = await exportedRows(own);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1000);
  expect(rows.filter(({ target }) => target === "x_posts_#tea")).toHaveLength(500);
  expect(x.overruns()).toEqual([]);
});

/** How often the operator looks for the end, a minute each time. */
const LOOKS = 2;

async function toldAtTheEnd(operator: ChatOperator): ReturnType<ChatOperator["seesText"]> {
  const end = operator.words.plain("collect-end-targetReached");
  for (let look = 1; ; look += 1)
    try {
      return await operator.seesText(end);
    } catch (error) {
      if (look === LOOKS) throw error;
    }
}

/** Everything that the one list there is delivered, by its export. */
async function exportedRows(
  own: Settings,
): Promise<readonly { readonly id: string; readonly target: string }[]> {
  const [list = ""] = await lookAt({ dataDir: join(folder, "data"), own }, async ({ leads }) =>
    (await leads.finished()).map((request) => request.list),
  );
  const words = ["leads", "export", list, "--format", "jsonl", "--out", "posts.jsonl"];
  const cli = join(dirname(program.path), "peyk-cli.js");
  await promisify(execFile)(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...own },
  });
  const text = await readFile(join(folder, "posts.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
