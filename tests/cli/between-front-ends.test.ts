/** One campaign, two front ends: begun in one, killed, finished in the other, and nobody twice. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { CampaignView } from "../../src/app/app.ts";
import { countLines } from "../../src/bot/views/campaigns/campaign-card.ts";
import { simulatorConfigSchema } from "../../src/channels/simulator/config.ts";
import { personOf } from "../../src/channels/simulator/population.ts";
import { forEachState } from "../../src/domain/recipient.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { freePort, startProgram } from "../support/running-program.ts";
import { ChatOperator } from "./chat-operator.ts";
import { isOnPostgres } from "../support/own-store.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";
import { middayZone } from "../support/midday.ts";

let program: Compiled;

beforeAll(async () => {
  program = await compile("main.ts");
});

/** Some can't be reached, and a hundred names take some four seconds: there is time to kill it on the way. */
const people = {
  ...everybodyAnswers,
  shares: { ...everybodyAnswers.shares, notFound: 0.05, refuses: 0.03 },
  latencyMs: { min: 20, max: 60 },
  publishedLimits: [{ kind: "sliding", count: 1, windowMs: 200 }],
};
const id = "spring-news";
const message = "Hello {{username}}, the spring list is here.";
const names = Array.from({ length: 100 }, (_, index) => `name_${index}`);
const reachable = names.filter((name) => {
  const { habit } = personOf(simulatorConfigSchema.parse(people), name);
  return habit.kind !== "notFound" && habit.kind !== "refuses";
});

async function openPlace(): Promise<Place> {
  const compiled = { path: join(dirname(program.path), "peyk-cli.js") };
  const place = await createPlace(compiled, people);
  await place.list(names.length);
  await place.write("hello.txt", message);
  return place;
}

const sending =
  "send --list people.txt --message-file hello.txt --channel simulator --max-per-account 100 --json"
    .split(" ")
    .concat("--task-id", id);

async function startChat(place: Place) {
  const port = await freePort();
  const settings = {
    ...place.settings,
    WEB_PORT: String(port),
    TIME_ZONE: middayZone(),
    LOG_LEVEL: "silent",
  };
  const running = await startProgram(program, settings);
  return { running, operator: new ChatOperator(running.pageUrl) };
}

async function startInChat(operator: ChatOperator): Promise<void> {
  await operator.write("/start");
  await operator.write(`/new ${id}`);
  await operator.seesText(id);
  await operator.write(names.map((name) => `@${name.toUpperCase()}`).join("\n"));
  await operator.press("button-continue");
  await operator.seesText(plainText(operator.words.say("ask-message", { max: 4096 })));
  await operator.write(message);
  await operator.press("button-limit-none");
  await operator.press("button-continue");
  await operator.seesText("Hello name_0,");
  await operator.press("button-continue");
  await operator.press("button-consent-simulated");
  await operator.press("button-start");
}

async function delivered(place: Place, atLeast: number): Promise<number> {
  for (;;) {
    const { length } = await place.delivered();
    if (length >= atLeast) return length;
    await wait(20);
  }
}

/** The same in the record, on the command line, in the export and in the checkpoint; answers the counts. */
async function expectTheSameEverywhere(place: Place): Promise<CampaignView["counts"]> {
  expect((await place.delivered()).toSorted()).toEqual(reachable.toSorted());
  const summary = summaryOf(await place.peyk("status", id, "--json"));
  expect(summary).toMatchObject({ status: "finished", imported: 100, uncertain: [] });
  const counts = countsSchema.parse(summary["counts"]);
  expect(counts.sent).toBe(reachable.length);
  expect(counts.notFound + counts.refused).toBe(100 - reachable.length);
  expect(await place.peyk("export", id, "--format", "json", "--out", "results.json")).toMatchObject({
    code: 0,
  });
  const rows = rowsSchema.parse(JSON.parse(await readFile(join(place.folder, "results.json"), "utf8")));
  expect(rows.map(({ username }) => username)).toEqual(names);
  for (const [state, count] of Object.entries(counts))
    expect([state, rows.filter((row) => row.state === state).length]).toEqual([state, count]);
  if (isOnPostgres()) return counts;
  const checkpoint = join(place.dataDir, "campaigns", id, `task_checkpoint_${id}.json`);
  expect(JSON.parse(await readFile(checkpoint, "utf8"))).toMatchObject({
    task_id: id,
    sent_usernames: reachable,
    total_sent: counts.sent,
    total_failed: counts.notFound + counts.refused + counts.failed,
  });
  return counts;
}

const countsSchema = z.strictObject(forEachState(() => z.number()));
const rowsSchema = z.array(z.object({ username: z.string(), state: z.string() }));

/** Opens the campaign in the chat and expects its card to show these counts, every one of them. */
async function expectInChat(operator: ChatOperator, counts: CampaignView["counts"]): Promise<void> {
  await operator.write("/campaigns");
  await operator.pressLabelled(id);
  const lines = countLines({ counts, imported: 100 }, operator.words).map(plainText);
  await operator.seesText(lines.join("\n"));
}

/** A sentence as the chat shows it, without its markup. */
function plainText(html: string): string {
  return html.replaceAll(/<[^>]+>/g, "");
}

test("begun in the chat, killed, finished on the command line", async () => {
  await using place = await openPlace();
  const first = await startChat(place);
  try {
    await startInChat(first.operator);
    await delivered(place, 30);
  } finally {
    await first.running.kill();
  }
  const before = (await place.delivered()).length;
  expect(before).toBeLessThan(reachable.length);
  const finished = await place.peyk(...sending);
  expect(finished).toMatchObject({ code: 0, err: "" });
  const ownSends = objectsOf(finished).filter(({ kind, state }) => kind === "settled" && state === "sent");
  expect(ownSends.length).toBeLessThanOrEqual(reachable.length - before + IN_DOUBT);
  const counts = await expectTheSameEverywhere(place);
  const again = await startChat(place);
  try {
    await expectInChat(again.operator, counts);
    expect(await place.delivered()).toHaveLength(reachable.length);
  } finally {
    await again.running.kill();
  }
});

test("a closed terminal lets what the chat began settle, and nothing is uncertain", async () => {
  await using place = await openPlace();
  const { running, operator } = await startChat(place);
  try {
    await startInChat(operator);
    await delivered(place, 20);
    running.deafen();
    expect(await running.stop("SIGHUP")).toBe(3);
  } finally {
    await running.kill();
  }
  const summary = summaryOf(await place.peyk("status", id, "--json"));
  expect(summary).toMatchObject({ status: "running", counts: { claimed: 0, uncertain: 0 } });
});

/** Messages that had arrived when the process died, of which it had not been told: one an account. */
const IN_DOUBT = 5;

test("begun on the command line, killed, finished in the chat", async () => {
  await using place = await openPlace();
  const killed = place.start(...sending);
  await killed.line('"state":"sent"', 30);
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect((await place.delivered()).length).toBeLessThan(reachable.length);
  const { running, operator } = await startChat(place);
  try {
    await operator.write("/status");
    await operator.seesText(plainText(operator.words.say("card-finished", { id })));
    await expectInChat(operator, {
      ...forEachState(() => 0),
      ...statesAtTheEnd(),
    });
    expect(await running.stop()).toBe(0);
  } finally {
    await running.kill();
  }
  await expectTheSameEverywhere(place);
});

function statesAtTheEnd(): Pick<CampaignView["counts"], "sent" | "notFound" | "refused"> {
  const config = simulatorConfigSchema.parse(people);
  const notFound = names.filter((name) => personOf(config, name).habit.kind === "notFound").length;
  return { sent: reachable.length, notFound, refused: 100 - reachable.length - notFound };
}
