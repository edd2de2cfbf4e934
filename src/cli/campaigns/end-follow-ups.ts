/** `peyk end-follow-ups ID`: nobody else is followed up; beside a running Peyk through it. */
import type { Command } from "commander";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Performing, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import { DONE } from "../program-parts.ts";
import { unknownCampaign } from "./status.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly words: Words;
}

export function addEndFollowUps(program: Command, { run, ...ways }: Ways): void {
  const { words } = ways;
  program
    .command("end-follow-ups")
    .description(words.plain("cli-command-end-follow-ups"))
    .argument("<id>", words.plain("cli-argument-id"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, { json }: Json) =>
      run("end-follow-ups", json, (output) => endFollowUps(ways, id, output)),
    );
}

async function endFollowUps(
  { looking, performing, words }: Omit<Ways, "run">,
  id: string,
  output: Output,
): Promise<Ending> {
  const { result, byProcess } = await performing(
    { deed: "endFollowUps", asked: { campaignId: id, by: "command line" } },
    `peyk status ${id}`,
  );
  if (result.ok) {
    output.say(`${words.plain("cli-follow-ups-ended", { id })}${whoDid(byProcess, words)}`);
    return { exitCode: DONE, summary: { taskId: id, byProcess } };
  }
  switch (result.problem) {
    case "unknownCampaign":
      throw await looking(({ app }) => unknownCampaign(app, id, words));
    case "notNow":
    case "nothingToDo":
      throw new SaidError(words.plain("cli-follow-ups-none", { id }));
  }
}
