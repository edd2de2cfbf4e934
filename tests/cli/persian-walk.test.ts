/**
 * Every command of `peyk` in Persian, asked for help, given what it can do, what it can't, and data folders that are damaged:
 * whatever it prints is Persian but for names and what is typed.
 */
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { programParts } from "../../src/composition/command-line.ts";
import { runProgram } from "../../src/cli/program.ts";
import { messages } from "../support/locale-messages.ts";
import { middayZone } from "../support/midday.ts";
import { moveIn } from "../support/move-in.ts";
import { isOnPostgres, ownStore } from "../support/own-store.ts";
import type { Settings } from "../support/stored.ts";
import { strangersIn } from "../support/persian-lines.ts";
import { everybodyAnswers } from "./peyk-command.ts";

const commands = messages.fa
  .map(({ id }) => /^cli-command-(.+)$/.exec(id)?.[1] ?? "")
  .filter((name) => name !== "")
  .map((name) => name.replace(/^(suppress|leads|audiences|tags|welcome|tokens|webhooks|roles)-/, "$1 "));

let folder = "";
let own: Settings = {};
const asked = new Set<string>();

async function typed(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  let said = "";
  const sink = { write: (text: string) => void (said += text), isBidirectional: true };
  const before = process.cwd();
  process.chdir(folder);
  try {
    const settings = { PEYK_LANG: "fa", TIME_ZONE: middayZone(), ...own, ...env };
    const interrupted = AbortSignal.timeout(20_000);
    await runProgram(words, programParts({ env: settings, out: sink, err: sink, interrupted }));
  } finally {
    process.chdir(before);
  }
  if (!words.includes("--help")) asked.add(nameOf(words));
  return said;
}

/** The command and, of those that have some, its subcommand. */
function nameOf(words: readonly string[]): string {
  const [command = "", below = ""] = words;
  return commands.includes(`${command} ${below}`) ? `${command} ${below}` : command;
}

/** What commands printed that does not belong there. */
async function strangers(
  lines: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const line of lines) {
    const said = await typed(wordsOf(line), env);
    if (said === "") found.push(`peyk ${line} says nothing`);
    found.push(...strangersIn(withoutTyped(said)).map((one) => `peyk ${line} → ${one}`));
  }
  return found;
}

/** Words of a line as a shell parts them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** Without commands to type, what a help says can be typed, and paths that stand alone. */
function withoutTyped(said: string): string {
  return said
    .split("\n")
    .map((line) =>
      line
        .replace(/^(?: +\$ | {6}--).*|^[\w./-]+$/, "")
        .replace(/^روش نوشتن: .*/, "")
        .replace(/^ {2}(?:-h, )?[-a-z][^\u0600-\u06FF\u2068]*(?= {2}|$)/, "")
        .replace(/^ {2}file +task_checkpoint_ID\.json$/, ""),
    )
    .join("\n");
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-persian-"));
  await mkdir(join(folder, "data"));
  const files = {
    "data/simulator.json": JSON.stringify({ version: 1, value: everybodyAnswers }),
    "data/answers.jsonl":
      '{"t":"answer","number":1,"channel":"simulator","account":"sim-1","campaignId":"spring","username":"ali_one","text":"جمعه باز است؟","at":1,"key":"k"}\n',
    "people.txt": "@ali_one\n@sara_two\nreza_three\nali reza\n",
    "two.csv": "name,handle\nali_one,sara_two\nreza_three,mina_four\n",
    "sheets.json": '{"a":[{"username":"ali_one"}],"b":[{"username":"sara_two"}]}',
    "broken.json": "{nope",
    "paper.pdf": "%PDF-1.4",
    "empty.txt": "",
    "old.json": '{"task_id":"before","sent_usernames":["ali_one"]}',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  own = await ownStore();
  await moveIn({ dataDir: join(folder, "data"), own });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SEND = "send --list people.txt --message سلام --channel simulator";

test("its help", async () => {
  expect(await strangers(["", ...commands].map((name) => `${name} --help`.trim()))).toEqual([]);
});

test("what it is asked wrongly", async () => {
  expect(
    await strangers([
      "frob",
      "status --moon",
      "status nope",
      "resolve nope",
      "export nope",
      "report nope",
      "report nope --out x.jpg",
      "cleanup nope",
      "end-follow-ups nope",
      "reply nope ali_one --message سلام",
      "add-names nope --list people.txt",
      "add-names nope --list nope.txt",
      "who nope",
      "history nope",
      "who 'bad name'",
      "send --list people.txt --saved-text nope --channel simulator",
      "change nope --message سلام",
      "audiences show nope",
      "audiences define x --got nope",
      "audiences define x --joined-since بعداً",
      "audiences define x --joined-since 7/8/2026",
      "audiences rename nope other",
      "audiences remove nope",
      "audiences keep '!' --list people.txt",
      "growth --days 0",
      "growth --out growth.jpg",
      "welcome off",
      "welcome on --message سلام",
      "tags add '!' ali_one",
      "tags add vip",
      "tags add vip --audience nope",
      "send --list audience:nope --message سلام --channel simulator",
      "take-back nope",
      "mend nope --message سلام",
      "import-checkpoint nope.json",
      "import-checkpoint broken.json",
      "suppress import nope.txt",
      "suppress import paper.pdf",
      "suppress add 'bad name' --reason moon",
      "suppress add 'bad name'",
      "leads status nope",
      "leads reset nope",
      "leads cancel nope",
      "leads export nope",
      "collect moon x --count 3",
      "collect tiktok tea --count 3",
      "collect simulator coffee",
      "collect simulator coffee --count none",
      "collect simulator coffee --count 1 --list بد",
      "sync",
      "send",
      "send --list nope.txt --message سلام --channel simulator",
      "send --list paper.pdf --message سلام --channel simulator",
      "send --list empty.txt --message سلام --channel simulator",
      "send --list broken.json --message سلام --channel simulator",
      "send --list sheets.json --message سلام --channel simulator",
      "send --list two.csv --column none --message سلام --channel simulator",
      "send --list people.txt --message 'سلام {{city}}' --channel simulator",
      "send --list people.txt --message 'سلام {{city' --channel simulator",
      "send --list people.txt --channel simulator",
      "send --list people.txt --message سلام --channel x",
      "send --from nope --message سلام",
      "send --from nope --states moon",
      ...["--at بعداً", "--at '2020-01-01 09:00'", "--at '03/04/2027 09:00'", "--window هیچ‌وقت"].map(
        (when) => `${SEND} ${when}`,
      ),
      ...["--task-id بهار", "--task-id con", "--priority 12", "--exclude-campaign nope"].map(
        (more) => `${SEND} ${more}`,
      ),
    ]),
  ).toEqual([]);
});

test("settings that are wrong", async () => {
  const wrong = {
    BOT_TOKEN: "x",
    LOG_LEVEL: "loud",
    TIME_ZONE: "Moon/Base",
    WEB_PORT: "x",
    DATABASE_URL: "x",
  };
  expect(await strangers(["status", "doctor"], wrong)).toEqual([]);
  expect(await strangers(["status", "suppress add ali_one"], { DATA_DIR: "people.txt/x" })).toEqual([]);
});

test("what it does, and what it says of a healthy folder and of damaged ones", async () => {
  expect(
    await strangers([
      "status",
      "leads",
      "suppress list",
      "roles",
      "roles give 2002 viewer",
      "roles give 2002 viewer",
      "roles give 1001 viewer",
      "roles give ali viewer",
      "roles give 2002 king",
      "roles",
      "roles take 2002",
      "roles take 2002",
      "tokens",
      "tokens add shop",
      "tokens add shop",
      "tokens add 'bad name'",
      "tokens",
      "tokens revoke shop",
      "tokens revoke shop",
      "webhooks",
      "webhooks add shop http://shop.example/",
      "webhooks add shop http://127.0.0.1:1/ --near --events recipient.sent,campaign.paused",
      "webhooks add shop https://shop.example/ --events letter.sent",
      "webhooks add shop https://shop.example/",
      "webhooks",
      "webhooks test shop",
      "webhooks rotate shop",
      "webhooks resume shop",
      "webhooks remove shop",
      "webhooks remove shop",
      "doctor",
      `${SEND} --dry-run --at 'فردا ۹ صبح' --window 'شنبه تا چهارشنبه ۹ تا ۱۸'`,
      `${SEND} --task-id spring --max-per-account 1 --verbose`,
      `${SEND} --task-id spring --max-per-account 2`,
      `${SEND} --task-id autumn --dry-run --not-within-days 3`,
      "send --list people.txt --message درود --channel simulator --task-id spring",
      "send --from spring --states planned --task-id later",
      "status",
      "status spring",
      "resolve spring",
      "resolve spring --all sent",
      "export spring",
      "export spring --out no/such.csv",
      "report spring",
      "add-names spring --list two.csv --column handle --dry-run",
      "add-names spring --list two.csv --column handle",
      "change spring --message درود",
      "mend spring --message درود --yes",
      "take-back spring",
      "take-back spring --yes",
      "take-back spring --yes",
      "audiences",
      "tags",
      "welcome",
      "growth",
      "growth --days 400 --source poster",
      "growth --out growth.png",
      "audiences keep باشگاه --list people.txt",
      "audiences keep باشگاه --list people.txt",
      "audiences show باشگاه",
      "audiences",
      "tags add vip ali_one",
      "tags add vip --audience باشگاه",
      "tags remove vip 'bad name'",
      "tags",
      `${SEND.replace("people.txt", "audience:باشگاه")} --dry-run`,
      "audiences define همیشگی --source poster --language fa --joined-since دیروز --tag vip --without-tag tea",
      "audiences show همیشگی",
      "audiences rename باشگاه club",
      "audiences remove club",
      "who ali_one",
      "answers",
      "reply spring ali_one --message 'بله، از نه'",
      "keep-answers",
      "keep-answers x",
      "keep-answers x on",
      "keep-answers x on --yes",
      "keep-answers moon on",
      "keep-answers telegram off",
      "reply spring nobody_here --message سلام",
      "reply spring 'bad name' --message سلام",
      "reply spring ali_one --message ' '",
      "answers spring",
      "history",
      "history --name ali_one",
      "who sara_two",
      "texts",
      "end-follow-ups spring",
      "cleanup spring",
      "cleanup spring",
      "import-checkpoint old.json",
      "suppress add ali_one --note یادداشت",
      "suppress list",
      "reply spring ali_one --message سلام",
      "answers ali_one",
      "suppress remove ali_one",
      "suppress import people.txt",
      "collect simulator چای --count 5 --list tea",
      "collect simulator چای --count 5 --list tea",
      `${SEND} --task-id autumn --max-per-account 0 --try-first 1`,
      "leads",
      "leads status tea",
      "leads export tea",
      "leads kpis",
      "leads reset tea",
      "leads cancel tea",
      "doctor",
      "who ali_one --export ali.json",
      "erase ali_one",
      "erase 'bad name' --yes",
      "erase ali_one --yes",
      "export spring",
      "backup --out all.tar.gz",
      "doctor --backup all.tar.gz",
      "restore all.tar.gz",
      "confirm-restored nope",
      "confirm-restored spring",
      "move",
      "move --to-files",
      "move --give-up",
      "worker",
      "chat",
    ]),
  ).toEqual([]);
  const restored = [
    "restore people.txt",
    "restore all.tar.gz",
    "status",
    "status autumn",
    "confirm-restored autumn",
  ];
  expect(await strangers(restored, { ...(await ownStore()), DATA_DIR: "back" })).toEqual([]);
  expect(commands.filter((name) => !asked.has(name) && name !== "suppress")).toEqual([]); // has nothing but subcommands
  if (!isOnPostgres()) expect(await strangersOfDamage()).toEqual([]);
});

/** What can be wrong with the files of a campaign or of everything, each by itself. */
const damages: Readonly<Record<string, (data: string) => Promise<void>>> = {
  "a line that is none": (data) => inJournal(data, (lines) => lines.with(1, "nope")),
  "a line that contradicts": (data) => inJournal(data, (lines) => [lines[0] ?? "", ...lines]),
  "a document that is none": (data) => writeFile(join(data, "campaigns/spring/campaign.json"), "{"),
  "a newer document": (data) =>
    writeFile(join(data, "campaigns/spring/campaign.json"), '{"version":999,"value":{}}'),
  "a list that is cut": (data) =>
    writeFile(join(data, "campaigns/spring/list-001.jsonl"), '["ali_one"]\n["sa'),
  "logs that are none": async (data) => {
    for (const name of await readdir(data))
      if (name.endsWith(".jsonl")) await writeFile(join(data, name), "nope\n");
  },
  "leads that are none": (data) => writeFile(join(data, "leads/tea/leads.jsonl"), "nope\n"),
  "documents that are none": async (data) => {
    for (const name of await readdir(data))
      if (name.endsWith(".json")) await writeFile(join(data, name), "{");
  },
};

async function inJournal(data: string, change: (lines: string[]) => string[]): Promise<void> {
  const path = join(data, "campaigns/spring/journal.jsonl");
  await writeFile(path, change((await readFile(path, "utf8")).split("\n")).join("\n"));
}

async function strangersOfDamage(): Promise<string[]> {
  const found: string[] = [];
  for (const [what, damage] of Object.entries(damages)) {
    const data = join(folder, "damaged");
    await cp(join(folder, "data"), data, { recursive: true });
    await damage(data);
    const looks = [
      "doctor",
      "status",
      "status spring",
      "export spring",
      "who ali_one",
      "leads",
      `${SEND} --task-id spring`,
    ];
    found.push(...(await strangers(looks, { DATA_DIR: "damaged" })).map((one) => `${what}: ${one}`));
    await rm(data, { recursive: true });
  }
  return found;
}

test("would be found out by a word, a digit, a moment or a sentence of another language", () => {
  expect(strangersIn("فایل \u2068people.txt\u2069 نیست.\ndata/people.txt")).toEqual([]);
  const strange = [
    "نام \u2068ali\u2069 is here",
    "فایل people.txt نیست.",
    "از 3 نفر",
    "از \u20682026-11-30T08:00:29Z\u2069",
    "برنامه گفت: \u2068line 4 is no entry\u2069",
    "data/x.jsonl, line 1 can't be understood.",
    "نام \u2068\u2068ali\u2069\u2069",
    "هدف \u2068\u2069",
    "نام \u2068ali",
  ];
  expect(strange.filter((line) => strangersIn(line).length === 0)).toEqual([]);
});
