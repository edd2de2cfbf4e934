import { resolve as absolutePath } from "node:path";
import type { CheckpointProblem } from "../../app/campaigns/import-checkpoint.ts";
import { ValidationError } from "../../domain/errors.ts";
import type { Ending } from "../command.ts";
import type { Output } from "../output.ts";
import type { OpenPeyk } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

const problems: Readonly<Record<CheckpointProblem, string>> = {
  noFile: "can't be read: there is no such file.",
  tooBig: "is larger than any checkpoint.",
  broken: 'is not a checkpoint. Expected {"task_id": "…", "sent_usernames": ["…"]}.',
  noTaskId: 'names no task id. Add "task_id", or call it task_checkpoint_ID.json.',
  badTaskId: "has a task id that can't be used here.",
  device: "has a task id that Windows takes for a device. Give it another.",
  dotAtEnd: "has a task id with a dot at its end. Give it another.",
  twoSpellings:
    "has a task id of which there are two here that differ only in upper and lower case. Rename the folder of one of them.",
};

/** `peyk import-checkpoint FILE`: whoever it marks as sent won't get the message of its task id. */
export async function importCheckpoint({ app }: OpenPeyk, file: string, output: Output): Promise<Ending> {
  const result = await app.importCheckpoint(absolutePath(file));
  if (result.kind === "problem") throw new ValidationError(`${file} ${problems[result.problem]}`);
  const { campaignId, names, added } = result;
  const inIt = names === 1 ? "1 name" : `${names} names`;
  output.say(`${campaignId}: ${inIt} in the checkpoint, ${added} of them new. They won't be written to.`);
  return { exitCode: DONE, summary: { taskId: campaignId, names, added } };
}
