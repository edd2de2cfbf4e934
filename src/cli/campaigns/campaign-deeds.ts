/** Commands that do one thing to one campaign: resolve, export, cleanup. None of them sends. */
import type { ResultFormat } from "../../app/campaigns/results-file.ts";
import { resultFormats } from "../../app/campaigns/results-file.ts";
import { SaidError } from "../../words/said-error.ts";
import { resultWords } from "../../words/file-words.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Looking, Performing } from "../command.ts";
import { whoDid } from "../command.ts";
import { recorded } from "../taking-out.ts";
import { NO_FILE, writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import { unknownCampaign } from "./status.ts";
import type { LookedAt, ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

export const decisions = ["sent", "again", "skip"] as const;
export type Decision = (typeof decisions)[number];

interface ExportRequest {
  readonly id: string;
  readonly format: ResultFormat;
  readonly out?: string;
  readonly parts: Pick<ProgramParts, "takingOut" | "words">;
}

/** `peyk export ID`: writes what became of every recipient. */
export async function exportCampaign(
  { app, words, keep }: LookedAt,
  { id, format, out, parts }: ExportRequest,
  output: Output,
): Promise<Ending> {
  const file = await app.exportResults(id, resultWords(words), format);
  if (!file) throw await unknownCampaign(app, id, words);
  const about = { campaign: id, what: [format] };
  const path = await recorded(parts, { deed: "export", about }, () =>
    writtenTo({ out, output, words, keep }, file),
  );
  if (path !== NO_FILE) output.say(path);
  return { exitCode: DONE, summary: { taskId: id, format, path } };
}

export const formats: readonly string[] = resultFormats;

interface Ways {
  readonly looking: Looking;
  readonly performing: Performing;
}

/** `peyk cleanup ID`: removes a finished campaign's checkpoint; beside a running Peyk through it. */
export async function cleanUp(
  { looking, performing }: Ways,
  { id, words }: { readonly id: string; readonly words: Words },
  output: Output,
): Promise<Ending> {
  const { result, byProcess } = await performing(
    { deed: "cleanup", asked: { campaignId: id } },
    `peyk cleanup ${id}`,
  );
  const summary = { taskId: id, removed: result.ok, byProcess };
  if (result.ok) {
    output.say(`${words.plain("cli-cleaned", { id })}${whoDid(byProcess, words)}`);
    return { exitCode: DONE, summary };
  }
  switch (result.problem) {
    case "unknownCampaign":
      throw await looking(({ app }) => unknownCampaign(app, id, words));
    case "notNow":
      throw new SaidError(words.plain("cli-clean-unfinished", { id }));
    case "nothingToDo":
      output.say(words.plain("cli-clean-nothing", { id }));
      return { exitCode: DONE, summary };
  }
}
