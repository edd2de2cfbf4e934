/**
 * Ends a test process that some test holds so that not even a time-out can come: a loop that never waits. Without it such
 * a test runs for ever and nobody learns which it was.
 */
import { Worker } from "node:worker_threads";
import { beforeEach, expect } from "vitest";

const BEAT_MS = 1000;
/** Beats that may be missed: far longer than the slowest step of a test takes on a busy machine. */
const MOST_MISSED = 120;

/** A text, because a thread can't be started from a TypeScript file on every Node this runs on. */
const WATCHER = `
const { parentPort, workerData } = require("node:worker_threads");
let [missed, running] = [0, "no test yet"];
parentPort.on("message", (name) => { missed = 0; if (name) running = name; });
setInterval(() => {
  if (++missed < workerData.mostMissed) return;
  require("node:fs").writeSync(2, "\\nHolds its process without ever waiting, and was ended: " + running + "\\n");
  process.kill(process.pid, "SIGKILL");
}, workerData.beatMs);
`;

declare global {
  // Test files share a process, and each of them runs this file.
  var peykStuckTestWatcher: Worker | undefined;
}

function startWatcher(): Worker {
  const workerData = { beatMs: BEAT_MS, mostMissed: MOST_MISSED };
  const watcher = new Worker(WATCHER, { eval: true, workerData });
  watcher.unref();
  setInterval(() => watcher.postMessage("", []), BEAT_MS).unref();
  return watcher;
}

globalThis.peykStuckTestWatcher ??= startWatcher();

beforeEach(() => {
  const { testPath = "", currentTestName = "" } = expect.getState();
  globalThis.peykStuckTestWatcher?.postMessage(`${testPath} > ${currentTestName}`, []);
});
