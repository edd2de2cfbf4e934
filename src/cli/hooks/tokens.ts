/** `peyk tokens`: what lets other programs in, beside a running Peyk too. A new token is shown once and kept by nobody here. */
import type { Command } from "commander";
import { MOST_TOKENS } from "../../domain/hooks/api-token.ts";
import { newApiToken, tokenHash } from "../../lib/api-token.ts";
import { momentText } from "../../words/moment-text.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Performing, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";

/** Shows whether a change was made. */
const LOOK = "peyk tokens";

/** Whose word it is that is given in a terminal. */
const BY = "command line";

export interface HookWays {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly words: Words;
}

export function addTokens(program: Command, ways: HookWays): void {
  const { run, looking, words } = ways;
  const list = ({ json }: Json): Promise<void> =>
    run("tokens", json, (output) => looking((peyk) => tell(peyk, output)));
  const tokens = program
    .command("tokens")
    .description(words.plain("cli-command-tokens"))
    .option("--json", words.plain("cli-option-json"))
    .action(list);
  tokens
    .command("list")
    .description(words.plain("cli-command-tokens"))
    .option("--json", words.plain("cli-option-json"))
    .action(list);
  tokens
    .command("add")
    .argument("<name>", words.plain("cli-argument-token"))
    .description(words.plain("cli-command-tokens-add"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, { json }: Json) => run("tokens add", json, (output) => add(name, output, ways)));
  tokens
    .command("revoke")
    .argument("<name>", words.plain("cli-argument-token"))
    .description(words.plain("cli-command-tokens-revoke"))
    .option("--json", words.plain("cli-option-json"))
    .action((name: string, { json }: Json) =>
      run("tokens revoke", json, (output) => revoke(name, output, ways)),
    );
}

async function tell({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const tokens = await app.tokens();
  if (tokens.length === 0) output.say(words.plain("cli-tokens-none"));
  for (const one of tokens) {
    output.say(words.plain("cli-token-line", { name: one.name, moment: momentText(one.at, words) }));
    output.record({ kind: "token", ...one });
  }
  return { exitCode: DONE, summary: { tokens: tokens.length } };
}

async function add(name: string, output: Output, { performing, words }: HookWays): Promise<Ending> {
  const token = newApiToken();
  const asked = { name, hash: tokenHash(token), by: BY };
  const { result, byProcess } = await performing({ deed: "addToken", asked }, LOOK);
  if (!result.ok) throw new SaidError(words.plain(`token-${result.problem}`, { name, most: MOST_TOKENS }));
  // Not who wrote it down: of the token nobody did.
  output.say(words.plain("cli-token-added", { name }));
  output.say(token);
  output.record({ kind: "token", name, token });
  return { exitCode: DONE, summary: { name, byProcess } };
}

async function revoke(name: string, output: Output, { performing, words }: HookWays): Promise<Ending> {
  const { result, byProcess } = await performing({ deed: "revokeToken", asked: { name } }, LOOK);
  const told = words.plain(result.was ? "token-revoked" : "token-unknown", { name });
  if (!result.was) throw new SaidError(told);
  output.say(`${told}${whoDid(byProcess, words)}`);
  return { exitCode: result.was ? DONE : FAILED, summary: { name, byProcess } };
}
