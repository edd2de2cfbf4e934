/** Whatever takes people's data out of Peyk is on record, with who did it and how it ended; what can't be recorded is not done. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { programParts } from "../../src/composition/command-line.ts";
import { openCore } from "../../src/composition/core.ts";
import { deedsIn } from "../../src/domain/history/entry.ts";
import { ownLogin } from "../../src/lib/files/private-files.ts";
import { historyPaths } from "../../src/storage/files/history/history-reads.ts";
import type { HistoryReads } from "../../src/storage/ports/history.ts";
import { configOf } from "../support/move-in.ts";
import { isOnPostgres, lookAt, ownStore } from "../support/own-store.ts";
import { askOnce } from "../support/postgres/ask-once.ts";
import type { Settings } from "../support/stored.ts";
import { everybodyAnswers } from "./peyk-command.ts";
import { middayZone } from "../support/midday.ts";

let folder = "";
/** Of the Peyk whose data folder is `data`. */
let own: Settings = {};
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-out-"));
  await mkdir(path("data"));
  await writeFile(path("data/simulator.json"), JSON.stringify({ version: 1, value: everybodyAnswers }));
  await writeFile(path("list.txt"), "ali_1\n");
  own = await ownStore();
});
afterAll(() => rm(folder, { recursive: true }));

const env = (dataDir = "data") => ({
  ...own,
  DATA_DIR: path(dataDir),
  TIME_ZONE: middayZone(),
});
const history = <T>(dataDir: string, look: (reads: HistoryReads) => Promise<T>): Promise<T> =>
  lookAt({ dataDir: path(dataDir), own }, (reads) => look(reads.history));

async function peyk(
  typed: string,
  dataDir?: string,
): Promise<{ readonly code: number; readonly said: string }> {
  let said = "";
  const sink = { write: (text: string) => void (said += text) };
  const interrupted = AbortSignal.timeout(60_000);
  const words = typed.split(" ").map((word) => (word.startsWith("./") ? path(word.slice(2)) : word));
  const code = await runProgram(
    words,
    programParts({ env: env(dataDir), out: sink, err: sink, interrupted }),
  );
  return { code, said };
}

const deeds = async (dataDir = "data") =>
  deedsIn(await history(dataDir, (all) => all.entries())).map(({ deed, by, ended }) => {
    expect(by).toEqual({ kind: "terminal", name: ownLogin() });
    return `${deed} ${ended?.end}`;
  });

const ways = [
  "export spring --out ./results.csv",
  "who ali_1 --export ./person.json",
  "history --format csv --out ./history.csv",
];
const recorded = ["export done", "exportPerson done", "exportHistory done"];

test("where nobody is at work, and beside a Peyk that is", async () => {
  const send = "send --list ./list.txt --message Hi --channel simulator --task-id spring";
  expect((await peyk(send)).code).toBe(0);
  for (const way of ways) expect(await peyk(way)).toMatchObject({ code: 0 });
  expect(await deeds()).toEqual(["start done", ...recorded]);
  expect((await peyk("export nobody --out ./none.csv")).code).toBe(1);
  expect(await peyk("export spring --out ./no/where.csv")).toMatchObject({ code: 1 });
  expect((await deeds()).slice(4)).toEqual(["export failed"]);

  const core = await openCore(configOf(env()), { error: () => undefined });
  core.serve();
  for (const way of ways) expect(await peyk(way)).toMatchObject({ code: 0 });
  await core.close();
  expect((await deeds()).slice(5)).toEqual(recorded);
  expect(await history("data", (all) => all.state())).toMatchObject({ kind: "whole" });
});

// That of a database is its administrator's.
test.skipIf(isOnPostgres())("a backup, and where everything is put back", async () => {
  expect((await peyk("backup --out ./all.tar.gz")).code).toBe(0);
  expect((await deeds()).slice(-1)).toEqual(["backup done"]);
  expect((await peyk("restore ./all.tar.gz", "elsewhere")).code).toBe(0);
  expect((await deeds("elsewhere")).slice(-1)).toEqual(["restore done"]);
  expect(await history("elsewhere", (all) => all.state())).toMatchObject({ kind: "whole" });
});

test("what can't be recorded is not taken out", async () => {
  const { DATABASE_URL: url } = own;
  if (url === undefined) {
    const { entries } = historyPaths(path("data"));
    await rm(entries);
    await mkdir(entries);
  } else await askOnce(url, "alter table peyk.history rename to elsewhere");
  expect((await peyk("export spring --out ./never.csv")).code).toBe(1);
  expect(existsSync(path("never.csv"))).toBe(false);
});
