/** `peyk tags`: who has which tag, and putting them on and taking them, beside a running Peyk too. */
import type { Command } from "commander";
import type { TagResult, Whom } from "../../app/audiences/audiences.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import { reasonText } from "../lists/list-lines.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";
import type { AudienceWays } from "./audience-ways.ts";

const LOOK = "peyk tags";

interface TagOptions extends Json {
  readonly audience?: string;
}

export function addTags(program: Command, ways: AudienceWays): void {
  const { run, looking, words } = ways;
  const tags = program
    .command("tags")
    .description(words.plain("cli-command-tags"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) => run("tags", json, (output) => looking((peyk) => tellTags(peyk, output))));
  for (const verb of ["add", "remove"] as const)
    tags
      .command(verb)
      .argument("<tag>", words.plain("cli-argument-tag"))
      .argument("[names...]", words.plain("cli-argument-tagged"))
      .description(words.plain(`cli-command-tags-${verb}`))
      .option("--audience <name>", words.plain("cli-option-tag-audience"))
      .option("--json", words.plain("cli-option-json"))
      .action((tag: string, names: string[], options: TagOptions) =>
        tagging(run, { verb, tag, names, options }, ways),
      );
}

async function tellTags({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const tags = await app.audiences.tags();
  if (tags.length === 0) output.say(words.plain("cli-tags-none"));
  for (const one of tags) {
    output.say(words.plain("cli-tag-line", { ...one }));
    output.record({ kind: "tag", ...one });
  }
  return { exitCode: DONE, summary: { tags: tags.length } };
}

interface Asked {
  readonly verb: "add" | "remove";
  readonly tag: string;
  readonly names: readonly string[];
  readonly options: TagOptions;
}

function tagging(run: Run, { verb, tag, names, options }: Asked, ways: AudienceWays): Promise<void> {
  const { performing, now, words } = ways;
  return run(`tags ${verb}`, options.json, async (output) => {
    const whom = whomOf(names, options, words);
    const { result, byProcess } = await (verb === "add"
      ? performing({ deed: "tag", asked: { tag, whom } }, LOOK)
      : performing({ deed: "untag", asked: { tag, whom, wantedAt: now() } }, LOOK));
    const { changed, unchanged, invalid } = doneTagging(result, { tag, whom, words });
    const told = words.plain(verb === "add" ? "cli-tag-added" : "cli-tag-taken", {
      tag,
      count: changed,
      unchanged,
    });
    output.say(`${told}${whoDid(byProcess, words)}`);
    for (const { text, reason } of invalid)
      output.complain(words.plain("cli-suppress-no-name", { text, reason: reasonText(reason, words) }));
    return {
      exitCode: invalid.length > 0 ? FAILED : DONE,
      summary: { tag, changed, unchanged, invalid, byProcess },
    };
  });
}

/** @throws {SaidError} when nobody is named, or in two ways */
function whomOf(names: readonly string[], { audience }: TagOptions, words: Words): Whom {
  if ((audience === undefined) === (names.length === 0)) throw new SaidError(words.plain("cli-tag-whom"));
  return audience === undefined ? { names } : { audience };
}

function doneTagging(
  result: TagResult,
  { tag, whom, words }: { readonly tag: string; readonly whom: Whom; readonly words: Words },
) {
  if (result.ok) return result;
  if (result.problem === "badTag") throw new SaidError(words.plain("cli-tag-badTag", { tag }));
  const name = "audience" in whom ? whom.audience : "";
  throw new SaidError(words.plain("cli-audience-unknown", { name }));
}
