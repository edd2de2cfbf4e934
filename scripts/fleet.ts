/**
 * Peyk on several processes of this machine, to try it: `npm run fleet` starts a PostgreSQL of its own, three workers and the
 * playground's chat, and goes on the next time where it stopped; `npm run fleet:tell -- kill 2` kills a worker of it, `start 2` has
 * it back. Whatever way it ends, nothing of it is left running.
 */
import { once } from "node:events";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig, terminalFrom, variableNames } from "../src/config.ts";
import { terminalWords } from "../src/composition/terminal-words.ts";
import { stopSignal } from "../src/lib/stop-signals.ts";
import { Opened } from "../src/lib/opened.ts";
import { problemText, terminalText } from "../src/lib/text/plain-text.ts";
import type { Words } from "../src/words/words.ts";
import { watchKeys } from "./fleet/keys.ts";
import type { LocalFleet } from "./fleet/local-fleet.ts";
import { openLocalFleet } from "./fleet/local-fleet.ts";
import type { Order } from "./fleet/orders.ts";
import { askFleet, listenForOrders, orderOf } from "./fleet/orders.ts";

const WORKERS = 3;
const FAILED = 1;

/** Settings that mean the same to a try-out; all others stay out, so that nobody real is written to by it. */
const taken = new Set(["DEFAULT_LOCALE", "LOG_LEVEL", "MAX_PER_ACCOUNT", "TIME_ZONE", "WEB_PORT"]);

const say = (line: string): void => void process.stdout.write(`${terminalText(line)}\n`);
const complain = (line: string): void => void process.stderr.write(`${problemText(line)}\n`);

async function main(): Promise<number> {
  const words = terminalWords(loadConfig(), terminalFrom().language);
  const { values, positionals } = parseArgs({
    options: { folder: { type: "string", default: "data-fleet" } },
    allowPositionals: true,
  });
  const folder = resolve(values.folder);
  if (positionals.length > 0) return tellRunning(folder, positionals, words);
  if ((await askFleet(folder, [])) !== undefined) {
    complain(words.plain("fleet-runs-already", { folder }));
    return FAILED;
  }
  try {
    await run(folder, words);
    return 0;
  } catch (error) {
    complain(words.plain("fleet-failed", { why: error instanceof Error ? error.message : String(error) }));
    if (process.getuid?.() === 0) complain(words.plain("fleet-as-root"));
    return FAILED;
  }
}

async function tellRunning(folder: string, typed: readonly string[], words: Words): Promise<number> {
  if (!orderOf(typed)) {
    complain(words.plain("fleet-orders"));
    return FAILED;
  }
  const answer = await askFleet(folder, typed);
  if (answer === undefined) {
    complain(words.plain("fleet-runs-not", { folder }));
    return FAILED;
  }
  say(answer);
  return 0;
}

async function run(folder: string, words: Words): Promise<void> {
  const stopped = stopSignal();
  say(words.plain("fleet-starting", { folder }));
  const fleet = await openLocalFleet({
    cli: join(import.meta.dirname, "../../../dist/peyk-cli.js"),
    folder,
    workers: WORKERS,
    env: environment(),
    onUp: (part) => say(words.plain(`fleet-up-${part}`)),
    onEnd: (name, said) => complain(words.plain("fleet-ended", { name, said: said.trim() })),
  });
  const opened = new Opened();
  opened.hold(fleet);
  try {
    const obey = async (order: Order): Promise<string> => {
      const told = await obeyed(fleet, order, words);
      say(told);
      return told;
    };
    opened.hold(await listenForOrders(folder, async (order) => (order ? obey(order) : "")));
    greet(fleet, words);
    const onKey = (worker: number): void => {
      const deed = fleet.pids()[worker - 1] === undefined ? "start" : "kill";
      void obey({ deed, worker });
    };
    opened.hold(watchKeys(onKey));
    if (!stopped.aborted) await once(stopped, "abort");
    say(words.plain("cli-stopping"));
  } finally {
    await opened[Symbol.asyncDispose]();
  }
}

/** @returns What came of it, in words */
async function obeyed(fleet: LocalFleet, order: Order, words: Words): Promise<string> {
  const { worker } = order;
  try {
    const came = await fleet.obey(order);
    return words.plain(`fleet-order-${came}`, { worker, workers: WORKERS });
  } catch (error) {
    return words.plain("fleet-failed", { why: error instanceof Error ? error.message : String(error) });
  }
}

function greet(fleet: LocalFleet, words: Words): void {
  const { pageUrl, monitorUrl } = fleet;
  say("");
  say(words.plain("fleet-page", { url: pageUrl }));
  say(words.plain("cli-greet-monitor", { url: monitorUrl }));
  say(words.plain("cli-greet-key"));
  say("");
  for (const [index, pid] of fleet.pids().entries())
    say(words.plain("fleet-worker", { worker: index + 1, pid: String(pid) }));
  if (process.stdin.isTTY) say(words.plain("fleet-keys"));
  say(words.plain("fleet-orders"));
  say(words.plain("fleet-stop"));
}

/** What its processes get of this one's environment. */
function environment(): Record<string, string> {
  const own = new Set(variableNames);
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || (own.has(name) && !taken.has(name)) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}

process.exitCode = await main();
