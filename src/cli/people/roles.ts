/** `peyk roles`: who may do what in the chat, given and taken by whoever has this computer; beside a running Peyk through it. */
import type { Command } from "commander";
import { Argument, InvalidArgumentError } from "commander";
import type { GivenRole, TeamMember } from "../../app/team/team.ts";
import { givenRoles } from "../../domain/roles/role.ts";
import { telegramIdIn } from "../../domain/roles/telegram-id.ts";
import type { RoleResult } from "../../app/deeds.ts";
import { typed } from "../../words/markup.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Performing, Run } from "../command.ts";
import { whoDid } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

/** Shows whether a change was made. */
const LOOK = "peyk roles";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly words: Words;
}

export function addRoles(program: Command, ways: Ways): void {
  const { run, looking, words } = ways;
  const json = words.plain("cli-option-json");
  const roles = program
    .command("roles")
    .description(words.plain("cli-command-roles"))
    .option("--json", json)
    .action((options: Json) =>
      run("roles", options.json, (output) => looking((peyk) => tellTeam(peyk, output))),
    );
  roles
    .command("give")
    .description(words.plain("cli-command-roles-give"))
    .argument("<id>", words.plain("cli-argument-telegram-id"), (text) => telegramId(text, words))
    .addArgument(new Argument("<role>", words.plain("cli-argument-role")).choices(givenRoles))
    .option("--json", json)
    .action((id: number, role: GivenRole, options: Json) =>
      run("roles give", options.json, (output) => decide(ways, { id, role }, output)),
    );
  roles
    .command("take")
    .description(words.plain("cli-command-roles-take"))
    .argument("<id>", words.plain("cli-argument-telegram-id"), (text) => telegramId(text, words))
    .option("--json", json)
    .action((id: number, options: Json) =>
      run("roles take", options.json, (output) => decide(ways, { id }, output)),
    );
}

/** @throws {InvalidArgumentError} for what is no id: a name may become somebody else's */
function telegramId(text: string, words: Words): number {
  const id = telegramIdIn(typed(text));
  if (id !== undefined) return id;
  throw new InvalidArgumentError(words.plain("cli-no-telegram-id"));
}

async function tellTeam({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const { members, needsApproval } = await app.team();
  if (members.length === 0) output.say(words.plain("cli-roles-nobody"));
  for (const one of members) {
    const told = { name: nameOf(one), id: String(one.id), role: words.plain(`role-${one.role}`) };
    output.say(words.plain("cli-roles-line", told));
    output.record({ kind: "member", ...one });
  }
  output.say(words.plain(needsApproval ? "cli-roles-approval-on" : "cli-roles-approval-off"));
  return { exitCode: DONE, summary: { members: members.length, needsApproval } };
}

const nameOf = ({ id, name }: Pick<TeamMember, "id" | "name">): string => name ?? String(id);

interface Wanted {
  readonly id: number;
  /** Absent: theirs is taken. */
  readonly role?: GivenRole;
}

async function decide(
  { looking, performing, words }: Ways,
  { id, role }: Wanted,
  output: Output,
): Promise<Ending> {
  const before = await looking(async ({ app }) =>
    (await app.team()).members.find((member) => member.id === id),
  );
  const from = before?.role ?? "none";
  const name = nameOf(before ?? { id });
  const { result, byProcess } = await performing<"giveRole" | "takeRole">(
    role === undefined
      ? { deed: "takeRole", asked: { id, from } }
      : { deed: "giveRole", asked: { id, role, from } },
    LOOK,
  );
  refuse(result, name, words);
  const said =
    role === undefined
      ? words.plain("cli-roles-taken", { name })
      : words.plain("cli-roles-given", { name, role: words.plain(`role-${role}`) });
  output.say(`${said}${whoDid(byProcess, words)}`);
  output.say(words.plain("cli-roles-untold"));
  return { exitCode: DONE, summary: { id, role: role ?? null, byProcess } };
}

function refuse(result: RoleResult, name: string, words: Words): void {
  if (!result.ok) throw new SaidError(words.plain(`cli-roles-${result.problem}`, { name }));
}
