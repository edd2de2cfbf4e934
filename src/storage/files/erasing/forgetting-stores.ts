/** Stores that give and forget a person by themselves: opened for it, while nobody else has them open. */
import { join } from "node:path";
import { ANSWERS_FILE, openAnswerStore, readAnswers } from "../answers/answer-store.ts";
import { openOwnReplyStore } from "../answers/own-reply-store.ts";
import { lookAtAudiences, openAudienceStore } from "../audiences/audience-store.ts";
import { lookAtTags, openTagStore } from "../audiences/tag-store.ts";
import { lookAtHistory } from "../history/history-reads.ts";
import { openHistoryStore } from "../history/history-store.ts";
import type { Forget } from "./erase-in-campaign.ts";

const ignore = (): void => undefined;
const nothingFound = (): Promise<readonly unknown[]> => Promise.resolve([]);

export const inAudiences: Forget = async (path, { match, now, pen, beforeWrite }) => {
  const dataDir = join(path, "..");
  const forget = async (): Promise<unknown> => {
    const store = await openAudienceStore(dataDir, {
      clock: { now: () => now },
      beforeWrite,
      onProblem: ignore,
    });
    return store.forget(match.names);
  };
  await pen.byItself(path, forget, () => lookAtAudiences(dataDir).holding(match.names));
};

export const inTags: Forget = (path, { match, pen, beforeWrite }) => {
  const forget = async (): Promise<void> => {
    await using tags = await openTagStore(path, beforeWrite);
    await tags.forget(match.names);
  };
  return pen.byItself(path, forget, () => lookAtTags(path).of(match.names));
};

export const inAnswers: Forget = (path, { match, pen, beforeWrite }) => {
  const forget = async (): Promise<void> => {
    await using answers = await openAnswerStore(path, { beforeWrite });
    await answers.erase(match);
  };
  return pen.byItself(path, forget, async () => (await readAnswers(path)).byPerson(match));
};

/** What was written to their answers, which must still be there. */
export const inOwnReplies: Forget = (path, { match, pen, beforeWrite }) => {
  const forget = async (): Promise<void> => {
    const answers = await (await readAnswers(join(path, "..", ANSWERS_FILE))).byPerson(match);
    await using replies = await openOwnReplyStore(path, beforeWrite);
    await replies.erase(answers.map(({ number }) => number));
  };
  return pen.byItself(path, forget, nothingFound);
};

export const inHistory: Forget = (path, { match, pen, beforeWrite }) => {
  const dataDir = join(path, "..");
  const forget = async (): Promise<void> => {
    await using history = await openHistoryStore(dataDir, { beforeWrite });
    for (const name of [...match.names, ...match.ids]) await history.erase(name);
  };
  const found = async (): Promise<readonly unknown[]> =>
    (await Promise.all(match.names.map((name) => lookAtHistory(dataDir).entries(name)))).flat();
  return pen.byItself(path, forget, found);
};
