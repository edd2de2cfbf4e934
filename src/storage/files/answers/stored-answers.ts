/** What `answers.jsonl` says, in memory: every answer, and which channels' answers are kept. */
import type { Answer, WhoAnswered } from "../../../domain/people/answer.ts";
import { AnswerBook, isBy } from "../../../domain/people/answer.ts";
import type { AnswerReads } from "../../ports/answers.ts";
import { parseAnswerLine } from "./answer-line.ts";

export class StoredAnswers implements AnswerReads {
  readonly book = new AnswerBook();
  readonly channels = new Map<string, boolean>();

  /** Takes a line in; throws when it is none. */
  readonly take = (text: string): void => {
    const line = parseAnswerLine(text);
    if (line.t === "keep") return void this.channels.set(line.channel, line.isOn);
    const { t: _, ...answer } = line;
    this.book.put(answer);
  };

  async get(number: number): Promise<Answer | undefined> {
    return this.book.get(number);
  }

  async after(number: number, count: number): Promise<readonly Answer[]> {
    return this.book
      .all()
      .filter((one) => one.number > number)
      .slice(0, count);
  }

  async byPerson(who: WhoAnswered): Promise<readonly Answer[]> {
    return this.book
      .all()
      .filter((one) => isBy(one, who))
      .toReversed();
  }

  async byCampaign(id?: string): Promise<readonly Answer[]> {
    return this.book
      .all()
      .filter(({ campaignId }) => id === undefined || campaignId === id)
      .toReversed();
  }

  async answered(id: string): Promise<ReadonlyMap<string, number>> {
    return new Map(this.book.answered(id));
  }

  async lastNumber(): Promise<number> {
    return this.book.lastNumber;
  }

  async kept(): Promise<ReadonlyMap<string, boolean>> {
    return new Map(this.channels);
  }
}
