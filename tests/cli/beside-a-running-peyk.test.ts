/**
 * Every command has a rule for where somebody is at work in the data folder: it reads beside, it asks that Peyk, or it is
 * refused with the reason. A command without a rule fails here.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everybodyAnswers } from "./peyk-command.ts";
import { createProgram, runProgram } from "../../src/cli/program.ts";
import type { NotDecided, ProgramParts } from "../../src/cli/program-parts.ts";
import { programParts } from "../../src/composition/command-line.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Lease } from "../../src/storage/files/folder/lease.ts";
import { openLease } from "../../src/storage/files/folder/lease.ts";
import { middayZone } from "../support/midday.ts";

type Rule =
  | "reads beside it"
  /** Does nothing itself, and says so where it is not answered. */
  | "asks it"
  | "is refused"
  /** Touches no folder that anything is in. */
  | "needs an empty folder"
  /** Needs no data folder. */
  | "needs nothing";

const send = "send --list LIST --message Hi --channel simulator --task-id other";
const collect = "collect simulator tea --count 5";

/** For each command what is typed, and what becomes of it. */
const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  send: { [send]: "is refused", [`${send} --dry-run`]: "reads beside it" },
  status: { status: "reads beside it", "status doubts": "reads beside it" },
  resolve: {
    "resolve doubts": "reads beside it",
    "resolve doubts --all skip --dry-run": "reads beside it",
    "resolve doubts --all skip": "asks it",
    "resolve doubts name_0 sent": "asks it",
  },
  export: { "export doubts --out -": "asks it" },
  report: { "report doubts --out PICTURE": "reads beside it" },
  cleanup: { "cleanup doubts": "asks it" },
  change: { "change doubts --message Hello": "asks it" },
  "end-follow-ups": { "end-follow-ups doubts": "asks it" },
  "add-names": {
    "add-names later --list MORE": "asks it",
    "add-names later --list MORE --dry-run": "reads beside it",
  },
  "take-back": { "take-back plain --yes": "asks it" },
  mend: { "mend plain --message Hello --yes": "asks it" },
  "import-checkpoint": { "import-checkpoint CHECKPOINT": "asks it" },
  suppress: { suppress: "needs nothing" },
  "suppress add": { "suppress add ali": "asks it" },
  "suppress remove": { "suppress remove ali": "asks it" },
  "suppress import": { "suppress import LIST": "asks it" },
  "suppress list": { "suppress list": "reads beside it" },
  audiences: { audiences: "reads beside it" },
  "audiences show": { "audiences show kept": "reads beside it" },
  "audiences keep": { "audiences keep other --list LIST": "asks it" },
  "audiences define": { "audiences define all --language fa": "asks it" },
  "audiences rename": { "audiences rename kept other": "asks it" },
  "audiences remove": { "audiences remove kept": "asks it" },
  growth: { growth: "reads beside it" },
  welcome: { welcome: "reads beside it" },
  "welcome on": { "welcome on": "asks it", "welcome on --message Hello": "asks it" },
  "welcome off": { "welcome off": "asks it" },
  tags: { tags: "reads beside it" },
  "tags add": { "tags add vip name_0": "asks it" },
  "tags remove": { "tags remove vip --audience kept": "asks it" },
  answers: { answers: "reads beside it" },
  "keep-answers": { "keep-answers": "reads beside it", "keep-answers x on --yes": "asks it" },
  reply: { "reply plain name_0 --message Hello": "asks it" },
  who: { "who name_0": "reads beside it", "who name_0 --export PERSON": "asks it" },
  erase: { "erase name_0 --yes": "asks it" },
  roles: { roles: "reads beside it" },
  "roles give": { "roles give 2002 viewer": "asks it" },
  "roles take": { "roles take 1002": "asks it" },
  history: { history: "reads beside it", "history doubts --format csv --out -": "asks it" },
  texts: { texts: "reads beside it" },
  collect: { [collect]: "is refused", [`${collect} --dry-run`]: "reads beside it" },
  leads: { leads: "reads beside it" },
  "leads status": { "leads status simulator-tea": "reads beside it" },
  "leads reset": { "leads reset simulator-tea": "asks it" },
  "leads cancel": { "leads cancel simulator-tea": "asks it" },
  "leads export": { "leads export simulator-tea --out -": "asks it" },
  "leads kpis": { "leads kpis": "reads beside it" },
  tokens: { tokens: "reads beside it" },
  "tokens list": { "tokens list": "reads beside it" },
  "tokens add": { "tokens add shop": "asks it" },
  "tokens revoke": { "tokens revoke shop": "asks it" },
  webhooks: { webhooks: "reads beside it" },
  "webhooks list": { "webhooks list": "reads beside it" },
  "webhooks add": { "webhooks add shop https://shop.example/": "asks it" },
  "webhooks remove": { "webhooks remove shop": "asks it" },
  "webhooks test": { "webhooks test shop": "asks it" },
  "webhooks rotate": { "webhooks rotate shop": "asks it" },
  "webhooks resume": { "webhooks resume shop": "asks it" },
  doctor: { doctor: "reads beside it" },
  backup: { "backup --out BACKUP": "asks it" },
  restore: { "restore BACKUP": "needs an empty folder" },
  move: { move: "is refused", "move --to-files": "is refused", "move --give-up": "is refused" },
  "confirm-restored": { "confirm-restored later": "asks it" },
  // Several processes share a database, and no folder.
  worker: { worker: "needs nothing" },
  chat: { chat: "needs nothing" },
  sync: { sync: "reads beside it", "sync --sql": "needs nothing" },
};

let folder = "";
let lease: Lease;

/** A campaign whose outcome nobody knows, one that was sent, a list of leads, and an owner that is at work. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-beside-"));
  await writeFile(join(folder, "list.txt"), "name_0\nname_1\n");
  await writeFile(join(folder, "more.txt"), "name_2\n");
  await writeFile(join(folder, "old.json"), '{"task_id":"later","sent_usernames":["ali"]}');
  const simulated = (shares: object): Promise<void> =>
    writeFile(
      join(folder, "data/simulator.json"),
      JSON.stringify({
        version: 1,
        value: {
          ...everybodyAnswers,
          timeoutMs: 0,
          readsBack: false,
          shares: { ...everybodyAnswers.shares, ...shares },
        },
      }),
    );
  const ended = await run("suppress add stranger", partsHere());
  await run("audiences keep kept --list LIST", partsHere());
  await simulated({});
  const plain = await run(send.replace("other", "plain"), partsHere());
  // It waits for its start, and is interrupted once it is stored.
  const stop = new AbortController();
  const stored = join(folder, "data/campaigns/later/campaign.json");
  const write = (text: string): void => {
    printed.out += text;
    if (existsSync(stored)) stop.abort(new Error("interrupted"));
  };
  const waiting = { ...partsHere(), out: { write }, interrupted: stop.signal };
  const later = await run(`${send.replace("other", "later")} --at WHEN`, waiting);
  await simulated({ timeoutDelivered: 1 });
  const doubts = await run(send.replace("other", "doubts"), partsHere());
  const collected = await run(collect, partsHere());
  if (later.code !== 3 || ended.code !== 0 || plain.code !== 0 || doubts.code !== 0 || collected.code !== 0)
    throw new Error(`what is looked at could not be made: ${later.err}`);
  await run("backup --out BACKUP", partsHere());
  const answered = { channel: "simulator", account: "sim-1", username: "name_0", campaignId: "plain" };
  const answer = { t: "answer", number: 1, ...answered, text: "Yes", at: 1, key: "k" };
  await writeFile(join(folder, "data/answers.jsonl"), `${JSON.stringify(answer)}\n`);
  lease = await openLease(join(folder, "data"), systemClock);
});

afterAll(async () => {
  await lease[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const printed = { out: "", err: "" };

function partsHere(): ProgramParts {
  return programParts({
    env: { DATA_DIR: join(folder, "data"), TIME_ZONE: middayZone() },
    out: { write: (text) => void (printed.out += text) },
    err: { write: (text) => void (printed.err += text) },
    interrupted: new AbortController().signal,
  });
}

async function run(typed: string, parts: ProgramParts) {
  Object.assign(printed, { out: "", err: "" });
  const places: Readonly<Record<string, string>> = {
    LIST: join(folder, "list.txt"),
    MORE: join(folder, "more.txt"),
    WHEN: "in 30 hours",
    CHECKPOINT: join(folder, "old.json"),
    PICTURE: join(folder, "report.png"),
    PERSON: join(folder, "person.json"),
    BACKUP: join(folder, "all.tar.gz"),
  };
  const code = await runProgram(
    typed.split(" ").map((word) => places[word] ?? word),
    parts,
  );
  return { code, ...printed };
}

/** What a command does where an owner has the folder and does not answer, by what it reached for. */
async function doneBeside(typed: string): Promise<string> {
  const reached = new Set<string>();
  const here = partsHere();
  const silent = async (): Promise<NotDecided> => {
    reached.add("owner");
    return { problem: "silent", byProcess: 7 };
  };
  const reading = <A extends unknown[], T>(look: (...given: A) => T) => {
    return (...given: A): T => {
      reached.add("files");
      return look(...given);
    };
  };
  const { code, err } = await run(typed, {
    ...here,
    open: async (request) => {
      reached.add("folder");
      return here.open(request);
    },
    move: async (way, tell) => {
      reached.add("folder");
      return here.move(way, tell);
    },
    decide: silent,
    change: silent,
    amend: silent,
    takingOut: { begun: silent, ended: silent },
    perform: silent,
    look: reading(() => here.look()),
    plan: reading(() => here.plan()),
    examine: reading(() => here.examine()),
    erasuresWaiting: reading(() => here.erasuresWaiting()),
    backup: reading(() => here.backup()),
    savedTexts: reading(() => here.savedTexts()),
    openSync: reading(async () => ({
      defaultIntervalS: 300,
      once: async () => ({
        isLeading: true,
        lines: 0,
        optOuts: { taken: 0, refused: 0, waiting: 0 },
        unreadable: [],
        damaged: [],
        waiting: 0,
        slowestMs: 0,
      }),
      watch: () => Promise.reject(new Error("not asked for")),
      compare: () => Promise.reject(new Error("not asked for")),
    })),
  });
  const refused = `Another Peyk (process ${process.pid}) is using ${folder}/data/. Stop it first.\n`;
  const unanswered =
    "The Peyk at work (process 7) did not answer. Nothing was done; the request was taken back.\n";
  if (reached.has("folder")) return code === 1 && err === refused ? "is refused" : `opens it: ${err}`;
  if (reached.has("owner")) return code === 1 && err === unanswered ? "asks it" : `asks it: ${err}`;
  if (err.includes("data is not empty: ")) return "needs an empty folder";
  if (reached.has("files")) return code === 0 ? "reads beside it" : `reads beside it: ${err}`;
  return "needs nothing";
}

function everyCommand(): readonly string[] {
  const below = (command: Command, path: string): string[] =>
    command.commands.flatMap((one) => {
      const name = `${path}${one.name()}`;
      return [name, ...below(one, `${name} `)];
    });
  return below(
    createProgram(partsHere(), () => undefined),
    "",
  );
}

test("every command has its rule", () => {
  expect(Object.keys(rules).toSorted()).toEqual(everyCommand().toSorted());
});

test("beside a Peyk at work each command reads, asks it, or is refused with the reason", async () => {
  for (const [command, ways] of Object.entries(rules))
    for (const [typed, rule] of Object.entries(ways)) {
      expect(typed.startsWith(command)).toBe(true);
      expect([typed, await doneBeside(typed)]).toEqual([typed, rule]);
    }
});
