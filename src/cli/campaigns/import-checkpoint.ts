import { resolve as absolutePath } from "node:path";
import { SaidError } from "../../words/said-error.ts";
import { readCheckpoint } from "../../app/campaigns/import-checkpoint.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Performing } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import { DONE } from "../program-parts.ts";

/** Names in one request: whoever owns the folder takes in no more at a stretch. */
const AT_ONCE = 100_000;

interface Ways {
  readonly performing: Performing;
  readonly words: Words;
}

/** `peyk import-checkpoint FILE`: whoever it marks as sent won't get the message of its task id. Beside a running Peyk through it. */
export async function importCheckpoint(
  { performing, words }: Ways,
  file: string,
  output: Output,
): Promise<Ending> {
  const read = await readCheckpoint(absolutePath(file));
  if ("problem" in read) throw new SaidError(words.plain(`cli-checkpoint-${read.problem}`, { file }));
  let { campaignId } = read;
  let [added, byProcess]: [number, number | undefined] = [0, undefined];
  const all = [...read.names];
  // Killed in between, the same command takes in the rest; none at all is taken in too, which names the campaign.
  for (let start = 0; start === 0 || start < all.length; start += AT_ONCE) {
    const asked = { campaignId: read.campaignId, names: all.slice(start, start + AT_ONCE) };
    const done = await performing({ deed: "honour", asked }, `peyk import-checkpoint ${file}`);
    if (done.result.kind === "problem")
      throw new SaidError(words.plain(`cli-checkpoint-${done.result.problem}`, { file }));
    ({ campaignId } = done.result);
    added += done.result.added;
    byProcess = done.byProcess ?? byProcess;
  }
  const names = all.length;
  const inIt = words.plain("cli-names", { count: names });
  const told = words.plain("cli-checkpoint-done", { id: campaignId, names: inIt, added });
  output.say(`${told}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { taskId: campaignId, names, added, byProcess } };
}
