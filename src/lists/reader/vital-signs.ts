/**
 * A thread beside the reading, which may be too busy to say anything: tells every few moments what the process has used, a
 * line of processor time in ms and memory in bytes. When nobody listens any more, the program is gone, and so is this.
 */
import { Socket } from "node:net";
import { setInterval as every } from "node:timers/promises";
import { VITAL_SIGNS_FD } from "./pipes.ts";

const EVERY_MS = 50;

const pipe = new Socket({ fd: VITAL_SIGNS_FD, readable: false, writable: true });
pipe.on("error", end);
pipe.on("close", end);

function end(): void {
  process.kill(process.pid, "SIGKILL");
}

for await (const _ of every(EVERY_MS)) {
  const { user, system } = process.cpuUsage();
  pipe.write(`${Math.round((user + system) / 1000)} ${process.memoryUsage.rss()}\n`);
}
