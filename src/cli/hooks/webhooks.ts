/** `peyk webhooks`: where events are posted to, beside a running Peyk too. A new secret is shown once. */
import type { Command } from "commander";
import type { HookType } from "../../domain/hooks/hook-event.ts";
import { hookTypes } from "../../domain/hooks/hook-event.ts";
import { createSecret } from "../../lib/webhooks/signature.ts";
import { plainLine, testText, webhookLines, webhookProblemText } from "../../words/hook-words.ts";
import { joinedNames } from "../../words/joined.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";
import type { HookWays } from "./tokens.ts";

const LOOK = "peyk webhooks";
const BY = "command line";

interface AddOptions extends Json {
  readonly events?: string;
  readonly near?: boolean;
}

export function addWebhooks(program: Command, ways: HookWays): void {
  const { run, looking, words } = ways;
  const list = ({ json }: Json): Promise<void> =>
    run("webhooks", json, (output) => looking((peyk) => tell(peyk, output)));
  const webhooks = program
    .command("webhooks")
    .description(words.plain("cli-command-webhooks"))
    .option("--json", words.plain("cli-option-json"))
    .action(list);
  webhooks
    .command("list")
    .description(words.plain("cli-command-webhooks"))
    .option("--json", words.plain("cli-option-json"))
    .action(list);
  webhooks
    .command("add")
    .argument("<name>", words.plain("cli-argument-webhook"))
    .argument("<address>", words.plain("cli-argument-webhook-address"))
    .description(words.plain("cli-command-webhooks-add"))
    .option("--events <types>", words.plain("cli-option-events"))
    .option("--near", words.plain("cli-option-near"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, url: string, options: AddOptions) =>
      run("webhooks add", options.json, (output) => add({ name, url, options }, output, ways)),
    );
  for (const verb of ["remove", "test", "rotate", "resume"] as const)
    webhooks
      .command(verb)
      .argument("<name>", words.plain("cli-argument-webhook"))
      .description(words.plain(`cli-command-webhooks-${verb}`))
      .option("--json", words.plain("cli-option-json"))
      .action((name: string, { json }: Json) =>
        run(`webhooks ${verb}`, json, (output) => deeds[verb](name, output, ways)),
      );
}

async function tell({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const hooks = await app.webhooks();
  if (hooks.length === 0) output.say(words.plain("cli-webhooks-none"));
  for (const hook of hooks) {
    for (const line of webhookLines(hook, words)) output.say(plainLine(line));
    output.record({ kind: "webhook", ...hook });
  }
  return { exitCode: DONE, summary: { webhooks: hooks.length } };
}

interface Asked {
  readonly name: string;
  readonly url: string;
  readonly options: AddOptions;
}

async function add(
  { name, url, options }: Asked,
  output: Output,
  { performing, words }: HookWays,
): Promise<Ending> {
  const types = typesIn(options.events, words);
  const secret = createSecret();
  const wanted = { ...(types ? { types } : {}), ...(options.near === true ? { mayBeNear: true } : {}) };
  const asked = { name, url, secret, by: BY, ...wanted };
  const { result, byProcess } = await performing({ deed: "addWebhook", asked }, LOOK);
  if (!result.ok) throw new SaidError(plainLine(webhookProblemText(result.problem, name, words)));
  output.say(`${words.plain("cli-webhook-added", { name })}${whoDid(byProcess, words)}`);
  output.say(secret);
  output.record({ kind: "webhook", name, secret });
  return { exitCode: DONE, summary: { name, byProcess } };
}

/** @throws {SaidError} for a type that is none */
function typesIn(text: string | undefined, words: Words): readonly HookType[] | undefined {
  return text
    ?.split(/[\s,،]+/)
    .filter(Boolean)
    .map((given) => {
      const type = hookTypes.find((one) => one === given);
      if (type) return type;
      const names = joinedNames(hookTypes, words);
      throw new SaidError(words.plain("webhook-badType", { type: given, names }));
    });
}

type Doing = (name: string, output: Output, ways: HookWays) => Promise<Ending>;

const deeds: Readonly<Record<"remove" | "test" | "rotate" | "resume", Doing>> = {
  remove: async (name, output, ways) =>
    ended(await ways.performing({ deed: "removeWebhook", asked: { name } }, LOOK), "removed", name, {
      output,
      ways,
    }),
  resume: async (name, output, ways) =>
    ended(await ways.performing({ deed: "resumeWebhook", asked: { name } }, LOOK), "resumed", name, {
      output,
      ways,
    }),
  async rotate(name, output, ways) {
    const secret = createSecret();
    const done = await ways.performing({ deed: "rotateWebhook", asked: { name, secret } }, LOOK);
    const ending = ended(done, "rotated", name, { output, ways });
    output.say(secret);
    output.record({ kind: "webhook", name, secret });
    return ending;
  },
  async test(name, output, { performing, words }) {
    const { result, byProcess } = await performing({ deed: "testWebhook", asked: { name } }, LOOK);
    const text = plainLine(testText(name, result.outcome, words));
    if (!result.outcome) throw new SaidError(text);
    output.say(text);
    const isTaken = result.outcome.kind === "taken";
    return { exitCode: isTaken ? DONE : FAILED, summary: { name, ...result.outcome, byProcess } };
  },
};

/** @throws {SaidError} when there is none of that name */
function ended(
  { result, byProcess }: { readonly result: { readonly was: boolean }; readonly byProcess?: number },
  deed: "removed" | "resumed" | "rotated",
  name: string,
  { output, ways: { words } }: { readonly output: Output; readonly ways: HookWays },
): Ending {
  if (!result.was) throw new SaidError(plainLine(words.say("webhook-unknown", { name })));
  output.say(`${plainLine(words.say(`webhook-${deed}`, { name }))}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { name, byProcess } };
}
