/** What `--list` names, looked up where it is an audience. */
import type { Planner } from "../../app/drafts/planner.ts";
import type { ListSource } from "../../app/lists/list-report.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";

interface For {
  readonly channel: string;
  readonly words: Words;
}

/** @throws {SaidError} when there is no such audience, or the channel can't reach it */
export async function knownSource(
  { audiences }: Pick<Planner, "audiences">,
  source: ListSource,
  { channel, words }: For,
): Promise<ListSource> {
  if (source.kind !== "audience") return source;
  const look = await audiences.look(source.name);
  if (!look) throw new SaidError(words.plain("cli-audience-unknown", { name: source.name }));
  const { name, kind } = look.audience;
  if (kind === "list") return { kind: "audience", name };
  if (channel !== "telegram") throw new SaidError(words.plain("cli-audience-telegram", { name }));
  if (look.count === 0) throw new SaidError(words.plain("cli-audience-nobody", { name }));
  return { kind: "audience", name, isSubscribers: true };
}
