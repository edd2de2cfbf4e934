/** What every command has in common: it prints, it ends with a code, and the last JSON line is its summary. */
import { PeykError } from "../domain/errors.ts";
import { withoutSecrets } from "../lib/text/plain-text.ts";
import type { Output } from "./output.ts";
import { createOutput } from "./output.ts";
import type { OpenPeyk, OpenRequest, Surroundings } from "./surroundings.ts";
import { DONE, FAILED } from "./surroundings.ts";

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

/** Does work on what is in the data folder, in which nothing is sent. */
export type AtRest = <T>(work: (peyk: OpenPeyk) => Promise<T>) => Promise<T>;

/** Runs a command to its exit code; whatever it throws is said in its own words and is a failure. */
export async function runCommand(
  name: string,
  isJson: boolean,
  surroundings: Surroundings,
  command: (output: Output) => Promise<Ending>,
): Promise<number> {
  const { out, err, clock } = surroundings;
  const output = createOutput({ out, err, isJson, now: () => clock.now() });
  try {
    const { exitCode, summary } = await command(output);
    output.end();
    output.record({ kind: "summary", command: name, ok: exitCode === DONE, exitCode, ...summary });
    return exitCode;
  } catch (error) {
    output.end();
    const message = error instanceof Error ? error.message : "It failed for an unknown reason.";
    const problem = withoutSecrets(message);
    output.complain(problem);
    const { isTransient } = error instanceof PeykError ? error : { isTransient: false };
    output.record({ kind: "summary", command: name, ok: false, exitCode: FAILED, problem, isTransient });
    return FAILED;
  }
}

/** Opens what is in the data folder for as long as the work takes. */
export async function withPeyk<T>(
  surroundings: Surroundings,
  request: OpenRequest,
  work: (peyk: OpenPeyk) => Promise<T>,
): Promise<T> {
  const peyk = await surroundings.open(request);
  try {
    return await work(peyk);
  } finally {
    await peyk.close();
  }
}
