import { resolve as absolutePath } from "node:path";
import { SaidError } from "../../words/said-error.ts";
import type { Ending } from "../command.ts";
import type { Output } from "../output.ts";
import type { OpenPeyk } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

/** `peyk import-checkpoint FILE`: whoever it marks as sent won't get the message of its task id. */
export async function importCheckpoint(
  { app, words }: OpenPeyk,
  file: string,
  output: Output,
): Promise<Ending> {
  const result = await app.importCheckpoint(absolutePath(file));
  if (result.kind === "problem")
    throw new SaidError(words.plain(`cli-checkpoint-${result.problem}`, { file }));
  const { campaignId, names, added } = result;
  const inIt = words.plain("cli-names", { count: names });
  output.say(words.plain("cli-checkpoint-done", { id: campaignId, names: inIt, added }));
  return { exitCode: DONE, summary: { taskId: campaignId, names, added } };
}
