/** How the history takes each thing that can be asked of Peyk; see `rules.ts`. */
import type { Right } from "../../domain/roles/role.ts";
import type { About, Ended, RecordedDeed } from "../../domain/history/entry.ts";

/**
 * `reads`: it changes nothing, or only what is this operator's own, and is not recorded. `theirs`: it is the deed of somebody
 * who is written to, or a part of a deed that is recorded where it began.
 */
export type Unrecorded = "reads" | "theirs";

export interface RecordedRule<
  Args extends readonly unknown[] = readonly never[],
  Result = never,
  Target = never,
> {
  /** What an operator's role must allow; absent: to act. */
  readonly needs?: Right;
  readonly deed: RecordedDeed | ((...args: Args) => RecordedDeed);
  /** Absent: its first argument is the id of the campaign that it is about. */
  readonly about?: (...args: Args) => About;
  /** What its arguments alone don't say, such as whom a number stands for; where that can't be read, they have to do. */
  readonly alsoAbout?: (target: Target, ...args: Args) => Promise<About>;
  /** Absent: an answer `{ ok: false, problem }` was a refusal, and so was a plain `false`. */
  readonly came?: (result: Result) => Omit<Ended, "t" | "of">;
}

export type Rule<Args extends readonly unknown[] = readonly never[], Result = never, Target = never> =
  Unrecorded | RecordedRule<Args, Result, Target>;

/** A rule for each thing that can be asked, and for each of its parts. */
export type RulesFor<T> = {
  readonly [K in keyof T]-?: NonNullable<T[K]> extends (...args: infer Args) => infer Result
    ? Rule<Args, Awaited<Result>, T>
    : "reads" | RulesFor<NonNullable<T[K]>>;
};
