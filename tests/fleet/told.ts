/** Judges what was told of everybody to whoever listens to the feed, by what the results say in the end. Pure. */
import type { SaidOf } from "./judge.ts";

/** One event about somebody, in the order in which they were told. */
export interface ToldOf {
  readonly username: string;
  /** As `recipient.sent`. */
  readonly type: string;
}

export interface ToldJudgement {
  /** They have an ending that was told to nobody. */
  readonly untold: number;
  /** The last that was told of them is not how they ended. */
  readonly toldWrongly: number;
  /** It was told more than once that they got the message. */
  readonly toldTwice: number;
}

const typeOf: Readonly<Record<string, string>> = {
  sent: "recipient.sent",
  failed: "recipient.failed",
  notFound: "recipient.not_found",
  refused: "recipient.refused",
  skipped: "recipient.skipped",
  uncertain: "recipient.uncertain",
};

/** Whatever else is told of people tells of no ending. */
const endings: ReadonlySet<string> = new Set([...Object.values(typeOf), "recipient.retrying"]);

export function judgeTold(said: readonly SaidOf[], told: readonly ToldOf[]): ToldJudgement {
  const of = new Map<string, string[]>();
  for (const { username, type } of told)
    if (endings.has(type)) of.set(username, [...(of.get(username) ?? []), type]);
  const ended = said.filter(({ state }) => state in typeOf);
  const toldOf = ({ username }: SaidOf): readonly string[] => of.get(username) ?? [];
  return {
    untold: ended.filter((one) => toldOf(one).length === 0).length,
    toldWrongly: ended.filter((one) => {
      const last = toldOf(one).at(-1);
      return last !== undefined && last !== typeOf[one.state];
    }).length,
    toldTwice: ended.filter((one) => toldOf(one).filter((type) => type === typeOf["sent"]).length > 1).length,
  };
}
