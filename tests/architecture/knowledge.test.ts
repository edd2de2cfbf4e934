/**
 * What the program knows of the world around it, and where: the time, its own process, the disk. Everybody else is told,
 * so that what decides runs in a test's time, and a second process may have another disk and another clock.
 */
import { expect, test } from "vitest";
import { codeOf, sourceFiles } from "./source-files.ts";

/**
 * Something of the world, how it shows in code, and the files that may know it, each with why; folders only where that is
 * what all of them are about. `most`: how many may stand there. It goes down with the list, and never up.
 */
interface Knowledge {
  readonly shows: RegExp;
  readonly most: number;
  readonly known: Readonly<Record<string, string>>;
}

/** Giving way to others for one turn of the event loop is no time. */
const clock: Knowledge = {
  shows:
    /\bsystemClock\b|\bDate\.now\b|\bnew Date\(\)|\bset(?:Timeout|Interval)\b|\bperformance\.now\b|AbortSignal\.timeout\b/,
  most: 30,
  known: {
    "lib/clock.ts": "is the clock",
    "composition/check-channels.ts": "gives it to channels that are only checked",
    "composition/command-line.ts": "gives it to the command line",
    "composition/core.ts": "gives it to the engine, its channels and its stores",
    "composition/examining.ts": "gives it to the doctor",
    "composition/leave-label.ts": "when the button that leaves is named",
    "composition/library-core.ts": "gives it to what a program opens",
    "composition/open-look.ts": "gives it to what only looks",
    "composition/open-planner.ts": "gives it to what only plans",
    "composition/open-sync.ts": "gives it to the copy",
    "composition/owner-requests.ts": "how often an owner looks for requests",
    "composition/peyk.ts": "gives it to the chat and the pages",
    "composition/program-collector.ts": "runs in somebody's program, by its time",
    "composition/serving/serve.ts": "how long it waits for a database that is away",
    "composition/terminal-words.ts": "says moments by it",
    "library.ts": "runs in somebody's program, by its time",
    "library/amend.ts": "runs in somebody's program, by its time",
    "library/guard.ts": "runs in somebody's program, by its time",
    "library/retry.ts": "runs in somebody's program, by its time",
    "library/wait-until.ts": "runs in somebody's program, by its time",
    "bot/bot-life.ts": "how long Telegram may take to answer the last call",
    "bot/calls/timed-fetch.ts": "how long Telegram may take to answer",
    "bot/intake/poller.ts": "how long Telegram may take to answer",
    "bot/uploads.ts": "how long a download may take",
    "lists/reader/reading-process.ts": "watches a real process at work",
    "lists/reader/vital-signs.ts": "tells of a real process at work",
    "playground/world/world.ts": "tests wait here for what the program does",
    "storage/files/folder/exclusive-name.ts": "how long the other end of a socket may take",
    "storage/files/ledger/unreadable.ts": "the age of a file that is gone",
    "storage/postgres/connection.ts": "how long the other end of a socket may take",
  },
};

const ownProcess: Knowledge = {
  shows: /\bprocess\.[a-z]|"node:(?:process|child_process|worker_threads|os)"/,
  most: 18,
  known: {
    "main.ts": "is run",
    "peyk-cli.ts": "is run",
    "library.ts": "warns in somebody's program",
    "config.ts": "reads the environment",
    "composition/log.ts": "writes to the terminal",
    "composition/program-collector.ts": "warns in somebody's program",
    "lib/files/momentary-folder.ts": "where folders for a moment lie",
    "lib/files/private-files.ts": "whose files are whose",
    "lib/files/sync-folder.ts": "what Windows can't",
    "lib/stop-signals.ts": "how a process is stopped",
    "lists/reader/open-list-reader.ts": "where it runs by itself, lists are read in another one",
    "lists/reader/process-reader.ts": "starts the process that reads lists",
    "lists/reader/reader-child.ts": "is the process that reads lists",
    "lists/reader/reading-process.ts": "ends the process that reads lists",
    "lists/reader/vital-signs.ts": "what the process that reads lists takes",
    "storage/files/folder/exclusive-name.ts": "a name that the kernel gives to one process",
    "storage/files/folder/lease.ts": "one process owns a data folder",
    "storage/files/ledger/fold-snapshot.ts": "how this machine writes numbers",
  },
};

const paths: Knowledge = {
  shows:
    /"node:(?:fs|fs\/promises|path)"|\bimport \{[^}]*\} from "[^"]*lib\/(?:log\/(?!log-lines|unreadable)|files\/(?:atomic-file|document|file-pieces|made-file|private-files|stored-document|sync-folder|text-writer))/,
  most: 36,
  known: {
    "composition/serving/serve.ts": "names the log's file",
    "composition/check-channels.ts": "a folder for a moment",
    "composition/command-line.ts": "says where files lie that were asked for",
    "composition/library-core.ts": "sets a broken document aside",
    "composition/log.ts": "writes the log's file",
    "composition/stores/postgres/postgres-books.ts": "the simulated people of whoever says so in a file",
    "composition/stores/postgres/postgres-front.ts": "where a file lies that no chat can take",
    "composition/sent-lists.ts": "writes a list for as long as it is read",
    "composition/stores/files/": "says where the stores lie",
    "composition/open-sync.ts": "says where the copy's switch lies",
    "composition/open-playground.ts": "says where the playground's things lie",
    "composition/program-collector.ts": "names the data folder",
    "config/config-file.ts": "reads `.env`",
    "lib/files/": "is about files",
    "lib/log/": "is about files",
    "lib/pages/": "hands out the files of pages",
    "move/": "carries files to where there are none, and back",
    "storage/files/": "keeps everything in files",
    "words/sentences.ts": "reads the locales",
    "lists/open-list.ts": "reads a list's file",
    "lists/reader/process-reader.ts": "hands a list's file to another process",
    "lists/xlsx/relationships.ts": "names inside a spreadsheet are paths",
    "channels/simulator/record-place.ts": "its people are a file",
    "channels/simulator/record.ts": "its people are a file",
    "app/campaigns/adopt-extras.ts": "reads the attachment of a draft",
    "app/drafts/draft-extras.ts": "reads the attachment of a draft",
    "app/campaigns/import-checkpoint.ts": "reads the file that was named",
    "bot/intake/spool-file.ts": "what Telegram gave is a log",
    "cli/campaigns/import-checkpoint.ts": "reads the file that was named",
    "cli/campaigns/send-request.ts": "reads the files that were named",
    "cli/lists/suppress-import.ts": "reads the file that was named",
    "cli/out-file.ts": "writes the file that was named",
    "playground/api/methods/files.ts": "what a file's name ends in",
    "playground/page/page-routes.ts": "hands out the sample list",
    "playground/world/file-store.ts": "keeps what was sent",
    "playground/world/world-log.ts": "keeps the playground's world",
  },
};

const isIn = (file: string, place: string): boolean =>
  place.endsWith("/") ? file.startsWith(place) : file === place;

test.each([
  ["clock", clock],
  ["process", ownProcess],
  ["paths of a disk", paths],
] as const)("nobody but these knows the %s", (_what, { shows, known, most }) => {
  const knowing = sourceFiles().filter((file) => shows.test(codeOf(file)));
  const places = Object.keys(known);
  expect(knowing.filter((file) => !places.some((place) => isIn(file, place)))).toEqual([]);
  expect(places.filter((place) => !knowing.some((file) => isIn(file, place)))).toEqual([]);
  expect(places).toHaveLength(most);
});

test("no time stands still: who is given none is not given a made-up one", () => {
  const standing = /\bnow: ?\(\) ?=> ?\d|\bnow\(\) ?\{ ?return \d/;
  expect(sourceFiles().filter((file) => standing.test(codeOf(file)))).toEqual([]);
});

test("what decides knows none of it", () => {
  const decides = ["domain/", "engine/", "collector/"];
  for (const { known } of [clock, ownProcess, paths])
    expect(Object.keys(known).filter((place) => decides.some((one) => place.startsWith(one)))).toEqual([]);
});
