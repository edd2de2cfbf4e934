/** `peyk keep-answers [CHANNEL] [on|off]`: whether answers are kept and shown, with what reading them costs; beside a running Peyk through it. */
import type { Command } from "commander";
import { Argument } from "commander";
import type { AnswerChannel } from "../../app/people/answers.ts";
import { channelName } from "../../words/channel-name.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Performing, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import type { ProgramParts } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly parts: Pick<ProgramParts, "words" | "ask">;
}

interface Wanted extends Json {
  readonly channel?: string | undefined;
  readonly state?: "on" | "off" | undefined;
  readonly yes?: boolean;
}

const LOOK = "peyk keep-answers";

export function addKeepAnswers(program: Command, { run, ...ways }: Ways): void {
  const { words } = ways.parts;
  program
    .command("keep-answers")
    .description(words.plain("cli-command-keep-answers"))
    .addArgument(
      new Argument("[channel]", words.plain("cli-argument-answer-channel")).choices(["telegram", "x"]),
    )
    .addArgument(new Argument("[state]", words.plain("cli-argument-on-off")).choices(["on", "off"]))
    .option("--yes", words.plain("cli-option-keep-answers-yes"))
    .option("--json", words.plain("cli-option-json"))
    .action(
      (channel: string | undefined, state: Wanted["state"], options: Omit<Wanted, "channel" | "state">) =>
        run("keep-answers", options.json, (output) => keep(ways, { ...options, channel, state }, output)),
    );
}

async function keep(ways: Omit<Ways, "run">, wanted: Wanted, output: Output): Promise<Ending> {
  const { words } = ways.parts;
  const channels = await ways.looking(({ app }) => app.answers.channels());
  const channel = channels.find(({ name }) => name === wanted.channel);
  if (!channel) return tell(channels, output, words);
  if (wanted.state === undefined)
    throw new SaidError(words.plain("cli-answers-on-or-off", { channel: channelName(channel.name, words) }));
  const isOn = wanted.state === "on";
  if (isOn && channel.price && !(await isMeant(channel, { parts: ways.parts, wanted, output }))) {
    output.say(words.plain("cli-answers-left"));
    return { exitCode: FAILED, summary: { channel: channel.name, isOn: channel.isOn } };
  }
  return turn({ ...channel, isOn }, ways, output);
}

function tell(channels: readonly AnswerChannel[], output: Output, words: Words): Ending {
  for (const one of channels) {
    output.say(stateLine(one, words));
    if (one.price) output.say(priceLine(one.price, words));
    output.record({ kind: "channel", ...one });
  }
  return { exitCode: DONE, summary: { on: channels.filter(({ isOn }) => isOn).map(({ name }) => name) } };
}

function stateLine({ name, isOn }: AnswerChannel, words: Words): string {
  return words.plain(isOn ? "cli-answers-on" : "cli-answers-off", { channel: channelName(name, words) });
}

function priceLine({ dollars, asOf }: NonNullable<AnswerChannel["price"]>, words: Words): string {
  return words.plain("cli-answers-price", { spent: dollars, day: asOf });
}

interface Asking {
  readonly parts: Ways["parts"];
  readonly wanted: Wanted;
  readonly output: Output;
}

/** The price is said before it is switched on. */
async function isMeant(
  { name, price }: AnswerChannel,
  { parts: { words, ask }, wanted, output }: Asking,
): Promise<boolean> {
  if (price) output.say(priceLine(price, words));
  if (wanted.yes === true) return true;
  if (!ask || output.isJson) throw new SaidError(words.plain("cli-answers-needs-yes"));
  const question = words.plain("cli-answers-question", { channel: channelName(name, words) });
  return ["y", "yes", "بله"].includes((await ask(question)).trim().toLowerCase());
}

async function turn(
  channel: AnswerChannel,
  { performing, parts: { words } }: Omit<Ways, "run">,
  output: Output,
): Promise<Ending> {
  const { name, isOn, price } = channel;
  const { result, byProcess } = await performing(
    { deed: "keepAnswers", asked: { channel: name, isOn } },
    LOOK,
  );
  if (!result.isThere)
    throw new SaidError(words.plain("cli-answers-not-set-up", { channel: channelName(name, words) }));
  output.say(`${stateLine(channel, words)}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { channel: name, isOn, price, byProcess } };
}
