/** Names that join a program's campaign without a start of their own. */
import type { App } from "../app/app.ts";
import { ValidationError } from "../domain/errors.ts";
import type { InvalidReason } from "../domain/people/username.ts";
import { BY, statementOf } from "./draft-of-options.ts";

export interface AddNamesOptions {
  /** Where the permission to write to them comes from. Needed by every channel that reaches real people. */
  readonly consent?: string;
}

/** Who joined. */
export interface AddedNames {
  readonly taskId: string;
  readonly added: number;
  /** In the campaign already. */
  readonly known: number;
  /** How many are to be written to now. */
  readonly left: number;
  /** Of the usernames given, those that are none. */
  readonly invalid: readonly { readonly text: string; readonly reason: InvalidReason }[];
}

interface Given {
  readonly valid: readonly string[];
  readonly invalid: AddedNames["invalid"];
}

/** @throws {ValidationError} saying why nobody joined */
export async function addNames(
  app: App,
  taskId: string,
  { valid, invalid, consent }: Given & AddNamesOptions,
): Promise<AddedNames> {
  const existing = await app.existing(taskId);
  if (!existing) throw new ValidationError(`taskId: there is no campaign ${taskId}.`);
  const channel = (await app.channels()).find(({ name }) => name === existing.channel);
  if (!channel) throw new ValidationError(`channel: ${existing.channel} is not set up here.`);
  const said = statementOf(consent === undefined ? {} : { consent }, channel, existing);
  const rows = valid.map((username) => [username] as const);
  const request = { names: { columns: [], rows }, origin: "program", by: BY, ...said };
  const result = await app.addNames(existing.id, request);
  if (result.ok) {
    const { added, known, left } = result;
    return { taskId: existing.id, added, known, left, invalid };
  }
  switch (result.problem) {
    case "columns":
      throw new ValidationError(`usernames: the message needs {{${result.missing.join("}}, {{")}}}.`);
    case "over":
      throw new ValidationError(`taskId: ${existing.id} has ended, so nobody can join it.`);
    case "noList":
    case "unknownCampaign":
      throw new ValidationError(`taskId: ${existing.id} is no longer here; nobody joined.`);
  }
}
