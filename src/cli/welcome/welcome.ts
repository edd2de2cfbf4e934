/** `peyk welcome`: the campaign that writes once to each new subscriber, looked at, begun, turned off and on, beside a running Peyk too. */
import type { Command } from "commander";
import { textOfHtml } from "../../lib/text/html-text.ts";
import { SaidError } from "../../words/said-error.ts";
import { momentText } from "../../words/moment-text.ts";
import { welcomeCounts } from "../../words/welcome-lines.ts";
import type { Words } from "../../words/words.ts";
import { messageOf } from "../campaigns/send-request.ts";
import type { Ending, Json, Looking, Performing, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import { messageProblemText } from "../lists/list-lines.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

const LOOK = "peyk welcome";
const BY = "command line";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  /** ms since the epoch */
  readonly now: () => number;
  readonly words: Words;
}

interface OnOptions extends Json {
  readonly message?: string;
  readonly messageFile?: string;
}

export function addWelcome(program: Command, ways: Ways): void {
  const { run, looking, words } = ways;
  const welcome = program
    .command("welcome")
    .description(words.plain("cli-command-welcome"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) => run("welcome", json, (output) => looking((peyk) => tell(peyk, output))));
  welcome
    .command("on")
    .description(words.plain("cli-command-welcome-on"))
    .option("--message <text>", words.plain("cli-option-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--json", words.plain("cli-option-json"))
    .action((options: OnOptions) =>
      run("welcome on", options.json, async (output) => {
        const isNew = options.message !== undefined || options.messageFile !== undefined;
        return isNew ? begin(options, { ...ways, output }) : turn(true, { ...ways, output });
      }),
    );
  welcome
    .command("off")
    .description(words.plain("cli-command-welcome-off"))
    .option("--json", words.plain("cli-option-json"))
    .action(({ json }: Json) => run("welcome off", json, (output) => turn(false, { ...ways, output })));
}

interface Doing extends Ways {
  readonly output: Output;
}

async function tell({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const look = await app.welcome();
  if (!look) {
    output.say(words.plain("cli-welcome-none"));
    return { exitCode: DONE, summary: {} };
  }
  const { campaign, isOn, counts } = look;
  output.say(words.plain(isOn ? "cli-welcome-on" : "cli-welcome-off", { id: campaign.id }));
  output.say(textOfHtml(welcomeCounts(look, words)));
  output.record({ kind: "welcome", taskId: campaign.id, isOn, since: campaign.standing?.since, counts });
  return { exitCode: DONE, summary: { taskId: campaign.id, isOn } };
}

/** @throws {SaidError} saying why none was begun */
async function begin(options: OnOptions, { performing, output, words }: Doing): Promise<Ending> {
  const message = (await messageOf({ list: "", channel: "telegram", ...options }, words)) ?? "";
  const asked = { message, statement: words.plain("welcome-consent"), by: BY };
  const { result, byProcess } = await performing({ deed: "beginWelcome", asked }, LOOK);
  if (!result.ok && result.problem === "message")
    throw new SaidError(result.problems.map((one) => messageProblemText(one, words)).join("\n"));
  if (!result.ok && result.problem === "exists")
    throw new SaidError(words.plain("cli-welcome-text", { id: "welcome" }));
  if (!result.ok) throw new SaidError(textOfHtml(words.say(`welcome-${result.problem}`)));
  output.say(`${words.plain("cli-welcome-begun", { id: result.id })}${whoDid(byProcess, words)}`);
  if (result.putBackFrom !== undefined)
    output.say(
      words.plain("cli-paused-restored", { id: result.id, moment: momentText(result.putBackFrom, words) }),
    );
  return { exitCode: DONE, summary: { taskId: result.id, byProcess } };
}

async function turn(isOn: boolean, { performing, output, words, now }: Doing): Promise<Ending> {
  const { result, byProcess } = await performing(
    { deed: "turnWelcome", asked: { isOn, wantedAt: now() } },
    LOOK,
  );
  if (result.outcome === "none") throw new SaidError(words.plain("cli-welcome-none"));
  const told =
    result.outcome === "turned"
      ? textOfHtml(words.say(isOn ? "welcome-turned-on" : "welcome-turned-off"))
      : words.plain("cli-welcome-turned-already");
  output.say(`${told}${whoDid(byProcess, words)}`);
  return { exitCode: DONE, summary: { outcome: result.outcome, byProcess } };
}
