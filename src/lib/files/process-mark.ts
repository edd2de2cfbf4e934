/**
 * Tells a process from every other that ever ran on this machine, and whether it is gone: not merely silent, stopped or cut
 * off, but ended. Only Linux says so, and only of a process of the same user in the same namespace; of any other nothing is
 * said.
 */
import { readFile, readlink } from "node:fs/promises";

/** Fields of `/proc/<pid>/stat` behind the name of the program, which ends with the last bracket (proc(5)). */
const STATE = 0;
const STARTED = 19;

/** Ended, and only not waited for yet by whoever started it. */
const DEAD = new Set(["Z", "X"]);

/** What tells this process from all others; undefined where the system doesn't say. */
export async function markOfThisProcess(): Promise<string | undefined> {
  const place = await placeHere();
  const stat = await statOf("self");
  return place === undefined || stat === undefined ? undefined : [place, stat.pid, stat.started].join(" ");
}

/** True when the process of that mark is surely gone. */
export async function isGone(mark: string): Promise<boolean> {
  const [, place, pid = "", started] = /^(.*) (\d+) (\d+)$/.exec(mark) ?? [];
  if (place === undefined || place !== (await placeHere())) return false;
  const stat = await statOf(pid);
  return stat === undefined || stat.started !== started || DEAD.has(stat.state);
}

/** This run of this machine, what of its processes is seen here, and whose they are: others' may be hidden. */
async function placeHere(): Promise<string | undefined> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const status = await readFile("/proc/self/status", "utf8");
    const [, user = ""] = /^Uid:\s+(\d+)/m.exec(status) ?? [];
    return [boot.trim(), await readlink("/proc/self/ns/pid"), user].join(" ");
  } catch {
    return undefined; // not Linux, or not all of it
  }
}

interface Stat {
  readonly pid: string;
  readonly state: string;
  /** In ticks of the machine since it was started. */
  readonly started: string;
}

/** Undefined: there is no such process. */
async function statOf(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ESRCH") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return {
    pid: text.slice(0, text.indexOf(" ")),
    state: fields[STATE] ?? "",
    started: fields[STARTED] ?? "",
  };
}
