/**
 * Carries out together what is asked at the same moment: while one group is under way the next one gathers, so that what
 * costs the same for one and for many is paid once a group. What is asked is never in a group that has begun already: it
 * sees everything as it was then or later.
 */
export interface GroupsParts<Asked, Answer> {
  /** Answers one for one, in the order in which they were asked; where it fails, nothing of it was carried out. */
  readonly carryOut: (asked: readonly Asked[]) => Promise<readonly Answer[]>;
  /** In one group at most. */
  readonly most: number;
  /** Whether one may be in a group with its first; absent: all are alike. */
  readonly fits?: (first: Asked, one: Asked) => boolean;
  /**
   * Whether an error may be about one of them alone: then the group is carried out in halves, so that it fails for that one
   * and not for those beside it. Absent: it fails for each of them.
   */
  readonly isOfOne?: (error: unknown) => boolean;
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export class Groups<Asked, Answer> {
  readonly #parts: GroupsParts<Asked, Answer>;
  #waiting: Waiting<Asked, Answer>[] = [];
  #isUnderWay = false;

  constructor(parts: GroupsParts<Asked, Answer>) {
    this.#parts = parts;
  }

  ask(asked: Asked): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.push({ asked, resolve, reject }));
    if (!this.#isUnderWay) {
      this.#isUnderWay = true;
      // Whatever else is asked in this turn of the event loop comes along.
      setImmediate(() => void this.#carryOutAll());
    }
    return answer;
  }

  async #carryOutAll(): Promise<void> {
    for (let group = this.#next(); group.length > 0; group = this.#next()) await this.#carryOut(group);
    this.#isUnderWay = false;
  }

  #next(): readonly Waiting<Asked, Answer>[] {
    const { most, fits } = this.#parts;
    const [first] = this.#waiting;
    if (!first || (!fits && this.#waiting.length <= most)) return this.#waiting.splice(0);
    const group: Waiting<Asked, Answer>[] = [];
    const rest: Waiting<Asked, Answer>[] = [];
    for (const one of this.#waiting) {
      const isIn = group.length < most && (fits?.(first.asked, one.asked) ?? true);
      (isIn ? group : rest).push(one);
    }
    this.#waiting = rest;
    return group;
  }

  async #carryOut(group: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.#parts.carryOut(group.map(({ asked }) => asked));
      if (answers.length !== group.length)
        throw new Error(`${group.length} asked, and ${answers.length} were answered`);
      answers.forEach((answer, nth) => group[nth]?.resolve(answer));
    } catch (error) {
      const half = Math.ceil(group.length / 2);
      if (half === group.length || !this.#parts.isOfOne?.(error))
        for (const { reject } of group) reject(error);
      else for (const part of [group.slice(0, half), group.slice(half)]) await this.#carryOut(part);
    }
  }
}
