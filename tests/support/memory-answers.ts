import type { Answer } from "../../src/domain/people/answer.ts";
import type { AnswerStore } from "../../src/storage/ports/answers.ts";
import { StoredAnswers } from "../../src/storage/files/answers/stored-answers.ts";

/** An answer to a scripted channel. */
export function answerBy(username: string, at: number, number = at): Answer {
  return { number, channel: "scripted", account: "one", username, text: "yes", at, key: `${username} ${at}` };
}

/** Answers that are forgotten with the test. */
export function createMemoryAnswers(): AnswerStore & { lastFrom: StoredAnswers["book"]["lastFrom"] } {
  const stored = new StoredAnswers();
  const { book, channels } = stored;
  return {
    get: (number) => stored.get(number),
    after: (number, count) => stored.after(number, count),
    byPerson: (who) => stored.byPerson(who),
    byCampaign: (id) => stored.byCampaign(id),
    answered: (id) => stored.answered(id),
    lastNumber: () => stored.lastNumber(),
    kept: () => stored.kept(),
    lastFrom: (channel, names) => book.lastFrom(channel, names),
    async append(given) {
      if (book.has(given)) return undefined;
      const answer = { ...given, number: book.lastNumber + 1 };
      book.put(answer);
      return answer;
    },
    keep: async (channel, isOn) => void channels.set(channel, isOn),
    erase: async (who) => book.erase(who),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
