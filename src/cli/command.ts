/** What every command has in common: it prints, it ends with a code, and the last JSON line is its summary. */
import type { Deed, DeedName } from "../app/deeds.ts";
import { PeykError } from "../domain/errors.ts";
import { saysFull } from "../lib/files/full-disk.ts";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import { withoutSecrets } from "../lib/text/plain-text.ts";
import { SaidError } from "../words/said-error.ts";
import { errorText } from "../words/trouble-text.ts";
import type { Words } from "../words/words.ts";
import type { Output } from "./output.ts";
import { createOutput } from "./output.ts";
import type {
  Done,
  LookedAt,
  NotDecided,
  OpenPeyk,
  Planned,
  OpenRequest,
  ProgramParts,
} from "./program-parts.ts";
import { DONE, FAILED } from "./program-parts.ts";

/** How a command ended; `summary` is what machines are told last. */
export interface Ending {
  readonly exitCode: number;
  readonly summary: object;
}

/** The option that every command has. */
export interface Json {
  readonly json?: boolean;
}

/** Runs the command of that name and keeps its exit code. */
export type Run = (
  name: string,
  isJson: boolean | undefined,
  command: (output: Output) => Promise<Ending>,
) => Promise<void>;

/** Looks at what is in the data folder, whoever is at work there. */
export type Looking = <T>(work: (peyk: LookedAt) => Promise<T>) => Promise<T>;

/**
 * Does it, here or through whoever is at work.
 * @param look The command that shows whether it was done
 * @throws {SaidError} saying what the Peyk at work did not do
 */
export type Performing = <Name extends DeedName>(deed: Deed<Name>, look: string) => Promise<Done<Name>>;

/** Works with what a plan is made of, whoever is at work in the data folder. */
export type Planning = <T>(work: (peyk: Planned) => Promise<T>) => Promise<T>;

/** Runs a command to its exit code; whatever it throws is said in its own words and is a failure. */
export async function runCommand(
  name: string,
  isJson: boolean,
  parts: ProgramParts,
  command: (output: Output) => Promise<Ending>,
): Promise<number> {
  const { out, err, clock, words } = parts;
  const output = createOutput({ out, err, isJson, now: () => clock.now(), words });
  try {
    const { exitCode, summary } = await command(output);
    output.end();
    output.record({ kind: "summary", command: name, ok: exitCode === DONE, exitCode, ...summary });
    return exitCode;
  } catch (error) {
    output.end();
    const problem = problemOf(error, words);
    output.complain(problem);
    const { isTransient } = error instanceof PeykError ? error : { isTransient: false };
    const told = { problem: withoutDirectionMarks(problem), isTransient };
    output.record({ kind: "summary", command: name, ok: false, exitCode: FAILED, ...told });
    return FAILED;
  }
}

function problemOf(error: unknown, words: Words): string {
  if (!(error instanceof Error)) return words.plain("cli-unknown-failure");
  // What the system says of it is a code and the name of a call.
  if (saysFull(error.message)) return words.plain("command-disk-full");
  return withoutSecrets(errorText(error, words));
}

/** Takes what the Peyk at work answered; `look` is the command that shows whether it was done. */
export function doneOr<T extends object>(answer: T | NotDecided, look: string, words: Words): T {
  if (!isNotDone(answer)) return answer;
  const { problem, byProcess } = answer;
  throw new SaidError(words.plain(`cli-at-work-${problem}`, { process: String(byProcess), look }));
}

function isNotDone(answer: object): answer is NotDecided {
  return "problem" in answer;
}

/** Says who did it, where that was somebody else; follows a sentence. */
export function whoDid(byProcess: number | undefined, words: Words): string {
  return byProcess === undefined ? "" : words.plain("cli-at-work", { process: String(byProcess) });
}

/** Opens what is in the data folder for as long as the work takes. */
export async function withPeyk<T>(
  parts: ProgramParts,
  request: OpenRequest,
  work: (peyk: OpenPeyk) => Promise<T>,
): Promise<T> {
  return closing(await parts.open(request), work);
}

/** Opens what can be looked at for as long as the work takes. */
export async function withLook<T>(parts: ProgramParts, work: (peyk: LookedAt) => Promise<T>): Promise<T> {
  return closing(await parts.look(), work);
}

/** Opens what a plan is made of for as long as the work takes. */
export async function withPlan<T>(parts: ProgramParts, work: (peyk: Planned) => Promise<T>): Promise<T> {
  return closing(await parts.plan(), work);
}

async function closing<Opened extends { close(): Promise<void> }, T>(
  peyk: Opened,
  work: (peyk: Opened) => Promise<T>,
): Promise<T> {
  try {
    return await work(peyk);
  } finally {
    await peyk.close();
  }
}
