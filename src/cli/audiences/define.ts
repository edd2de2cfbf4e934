/** `peyk audiences define`: conditions on the bot's subscribers under a name. */
import type { Command } from "commander";
import type { Conditions } from "../../domain/people/audience.ts";
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { Planner } from "../../app/drafts/planner.ts";
import { joinedNames } from "../../words/joined.ts";
import { pastProblemText } from "../../words/condition-words.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import { DONE } from "../program-parts.ts";
import { amongLine, audienceLines } from "./audience-lines.ts";
import type { AudienceWays } from "./audience-ways.ts";

interface DefineOptions extends Json {
  readonly source: readonly string[];
  readonly language: readonly string[];
  readonly joinedSince?: string;
  readonly got: readonly string[];
  readonly notGot: readonly string[];
  readonly answered: readonly string[];
  readonly notAnswered: readonly string[];
  readonly tag: readonly string[];
  readonly withoutTag: readonly string[];
}

const several = (one: string, before: readonly string[]): readonly string[] => [...before, one];

export function addDefine(audiences: Command, ways: AudienceWays): void {
  const { run, words } = ways;
  audiences
    .command("define")
    .argument("<name>", words.plain("cli-argument-audience-new"))
    .description(words.plain("cli-command-audiences-define"))
    .option("--source <word>", words.plain("cli-option-source"), several, [])
    .option("--language <code>", words.plain("cli-option-speaks"), several, [])
    .option("--joined-since <day>", words.plain("cli-option-joined-since"))
    .option("--got <id>", words.plain("cli-option-got"), several, [])
    .option("--not-got <id>", words.plain("cli-option-not-got"), several, [])
    .option("--answered <id>", words.plain("cli-option-answered"), several, [])
    .option("--not-answered <id>", words.plain("cli-option-not-answered"), several, [])
    .option("--tag <tag>", words.plain("cli-option-tagged"), several, [])
    .option("--without-tag <tag>", words.plain("cli-option-not-tagged"), several, [])
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, options: DefineOptions) =>
      run("audiences define", options.json, (output) => define(name, options, { ...ways, output })),
    );
}

/** Says whom they mean, then keeps them. @throws {SaidError} saying what is wrong with a condition or the name */
async function define(
  name: string,
  options: DefineOptions,
  { planning, performing, output, words }: AudienceWays & { readonly output: Output },
): Promise<Ending> {
  return planning(async ({ app }) => {
    const conditions = await conditionsIn(options, app, words);
    const meant = await app.audiences.meeting(conditions);
    const audience = { kind: "conditions", name, at: 0, ask: "", conditions } as const;
    for (const line of audienceLines({ audience, ...meant }, words)) output.say(line);
    for (const line of amongLine(meant, words)) output.say(line);
    const { result, byProcess } = await performing(
      { deed: "defineAudience", asked: { name, conditions } },
      "peyk audiences",
    );
    if (result.outcome !== "kept")
      throw new SaidError(words.plain(`cli-audience-${result.outcome}`, { name }));
    const { count } = meant;
    output.say(`${words.plain("cli-audience-defined", { name, count })}${whoDid(byProcess, words)}`);
    output.record({ kind: "audience", of: "conditions", name, conditions, ...meant });
    return { exitCode: DONE, summary: { name, count, byProcess } };
  });
}

async function conditionsIn(options: DefineOptions, app: Planner, words: Words): Promise<Conditions> {
  const campaigns = (await app.campaigns()).filter(({ channel }) => channel === "telegram");
  const idsOf = (given: readonly string[]): readonly string[] =>
    given.map((id) => {
      const meant = campaignMeant(campaigns, id);
      if (meant) return meant.id;
      throw new SaidError(words.plain("cli-audience-unknown-campaign", { id }));
    });
  const { source, language, joinedSince, got, notGot, answered, notAnswered, tag, withoutTag } = options;
  return {
    ...listed("sources", source),
    ...listed("languages", language.map(lower)),
    ...(joinedSince === undefined ? {} : { joinedSince: momentIn(joinedSince, app, words) }),
    ...listed("got", idsOf(got)),
    ...listed("notGot", idsOf(notGot)),
    ...listed("answered", idsOf(answered)),
    ...listed("notAnswered", idsOf(notAnswered)),
    ...listed("tags", tag.map(lower)),
    ...listed("withoutTags", withoutTag.map(lower)),
  };
}

function lower(text: string): string {
  return text.trim().toLowerCase();
}

function listed(kind: keyof Conditions, values: readonly string[]): Conditions {
  return values.length === 0 ? {} : { [kind]: values };
}

function momentIn(text: string, { when }: Pick<Planner, "when">, words: Words): number {
  const found = when.readPast(text);
  if (found.kind === "moment") return found.at;
  if (found.kind === "problem")
    throw new SaidError(words.plain("cli-past-wrong", { problem: pastProblemText(found, words) }));
  const names = joinedNames(
    found.moments.map((at) => words.date(at)),
    words,
  );
  throw new SaidError(words.plain("cli-past-choice", { names }));
}
