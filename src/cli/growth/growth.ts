/** `peyk growth`: how the subscribers grow, in words and for programs, or as a picture. It only looks, beside a running Peyk too. */
import type { Command } from "commander";
import type { GrowthRequest } from "../../app/growth/growth.ts";
import { MOST_DAYS } from "../../app/growth/growth.ts";
import { growthCaption, growthPicture, sourceValue } from "../../words/growth-picture.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Run } from "../command.ts";
import { wholeNumber } from "../number-options.ts";
import { NO_FILE, writtenTo } from "../out-file.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly words: Words;
}

interface GrowthOptions extends Json {
  readonly days: number;
  readonly source?: string;
  readonly out?: string;
}

const USUAL_DAYS = 30;

export function addGrowth(program: Command, { run, looking, words }: Ways): void {
  program
    .command("growth")
    .description(words.plain("cli-command-growth"))
    .option(
      "--days <n>",
      words.plain("cli-option-days"),
      (text) => wholeNumber(text, words, MOST_DAYS),
      USUAL_DAYS,
    )
    .option("--source <word>", words.plain("cli-option-growth-source"))
    .option("--out <file>", words.plain("cli-option-growth-out"))
    .option("--json", words.plain("cli-option-json"))
    .action((options: GrowthOptions) =>
      run("growth", options.json, (output) => looking((peyk) => tell(peyk, options, output))),
    );
}

async function tell(peyk: LookedAt, options: GrowthOptions, output: Output): Promise<Ending> {
  const { days, source, out } = options;
  const request = { days, ...(source === undefined ? {} : { source }) };
  if (out !== undefined) return draw(peyk, { request, out }, output);
  const { app, words } = peyk;
  const growth = await app.growth.look(request);
  output.say(growthCaption(growth, words));
  for (const { standing: count, from, ...counts } of growth.steps) {
    if (counts.joined + counts.left + counts.blocked + counts.gone > 0)
      output.say(words.plain("cli-growth-step", { date: words.date(from), ...counts, count }));
    output.record({ kind: "step", from, ...counts, standing: count });
  }
  for (const one of growth.sources) {
    const figures = sourceValue(one, words);
    output.say(
      one.source === undefined
        ? words.plain("cli-growth-no-source", { figures })
        : words.plain("cli-growth-source", { source: one.source, figures }),
    );
    output.record({ kind: "source", ...one });
  }
  const { steps: _, sources: __, ...whole } = growth;
  return { exitCode: DONE, summary: whole };
}

async function draw(
  { app, words, keep }: LookedAt,
  { request, out }: { readonly request: GrowthRequest; readonly out: string },
  output: Output,
): Promise<Ending> {
  if (out !== NO_FILE && !/\.png$/i.test(out))
    throw new SaidError(words.plain("cli-report-not-png", { file: out }));
  const bytes = await app.growth.draw(request, (growth) => growthPicture(growth, words));
  const path = await writtenTo({ out, output, words, keep }, { name: "growth.png", open: () => [bytes] });
  if (path !== NO_FILE) output.say(path);
  return { exitCode: DONE, summary: { path } };
}
