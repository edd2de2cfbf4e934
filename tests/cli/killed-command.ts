/** A command that is killed over and over, and given again as an operator would. */
import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Ended, Place } from "./peyk-command.ts";

/** Kills whoever runs, with SIGKILL, at calls that were chosen before. */
export class Killer {
  readonly #at: readonly number[];
  #child: ChildProcess | undefined;
  kills = 0;

  constructor(at: readonly number[]) {
    this.#at = at;
  }

  /** The process that is killed next. */
  aim(child: ChildProcess): void {
    this.#child = child;
  }

  /** Kills it when the call is one of the chosen: the answer finds nobody. */
  heard({ number }: { readonly number: number }): void {
    if (!this.#at.includes(number)) return;
    this.#child?.kill("SIGKILL");
    this.kills++;
  }
}

/** Gives the command again after each kill, as an operator would. */
export async function untilItEnds(place: Place, killer: Killer, words: readonly string[]): Promise<Ended> {
  for (;;) {
    const { child, ended } = place.start(...words);
    killer.aim(child);
    const result = await ended;
    if (child.signalCode !== "SIGKILL") return result;
  }
}

/** Lines near the end of a request, at each of which it is killed once: when it is over, and when all is said. */
export const ENDINGS = ['"kind":"status"', '"kind":"summary"'];

/** Gives a command and kills it as soon as it says a line. */
export async function killedAt(place: Place, line: string, words: readonly string[]): Promise<void> {
  const started = place.start(...words);
  await started.line(line).catch(() => undefined); // whoever is told again hears of no status
  started.child.kill("SIGKILL");
  await started.ended;
}

/** Ids of everything that a list delivered, by its export. */
export async function exported(place: Place, list: string): Promise<string[]> {
  await place.peyk("leads", "export", list, "--format", "json", "--out", "leads.json");
  const text = await readFile(join(place.folder, "leads.json"), "utf8");
  return z
    .array(z.object({ id: z.string() }))
    .parse(JSON.parse(text))
    .map(({ id }) => id);
}
