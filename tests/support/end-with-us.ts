/** Sees to it that a child process ends when this one is killed: only then does a pipe of ours close unread. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";

export interface EndWithUs {
  /** Without `SIG`. */
  readonly signal: "KILL" | "QUIT" | "TERM";
  /** A folder that is then removed, too. */
  readonly remove?: string;
}

/** Nothing on Windows, and where there is no shell: the child then outlives a process that is killed. */
export function endWithUs(child: ChildProcess, { signal, remove }: EndWithUs): void {
  if (child.pid === undefined || process.platform === "win32") return;
  const ends = `read -r _; kill -CONT "$0"; kill -${signal} "$0"`;
  const script = remove === undefined ? ends : `${ends}; sleep 1; rm -rf "$1"`;
  const watcher = spawn("sh", ["-c", script, String(child.pid), ...(remove === undefined ? [] : [remove])], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => undefined);
  child.once("exit", () => watcher.kill("SIGKILL"));
}
