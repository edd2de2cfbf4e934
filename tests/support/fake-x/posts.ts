/** Posts and the threads below them. */
import type { Snowflakes } from "./conversations.ts";
import type { Person } from "./population.ts";

export interface Post {
  readonly id: string;
  readonly author: Person;
  readonly text: string;
  /** The root's id; its own for a root. */
  readonly conversationId: string;
  readonly replyTo: Post | undefined;
  /** ms since the epoch */
  readonly at: number;
  readonly likes: number;
  readonly language: string;
  /** Somebody else's post, shown once more under one's own name. */
  readonly isRepost: boolean;
}

const SEARCHED_MS = 7 * 24 * 3_600_000;

export class Posts {
  readonly #byId = new Map<string, Post>();
  readonly #snowflakes: Snowflakes;

  constructor(snowflakes: Snowflakes) {
    this.#snowflakes = snowflakes;
  }

  /** @param replyToId Id of the post that is answered; absent: a thread begins */
  write(author: Person, text: string, at: number, replyToId?: string): Post {
    const replyTo = replyToId === undefined ? undefined : this.#byId.get(replyToId);
    if (replyToId !== undefined && !replyTo) throw new Error(`there is no post ${replyToId}`);
    const id = this.#snowflakes.next(at);
    const conversationId = replyTo?.conversationId ?? id;
    const likes = this.#byId.size % 50;
    const language = /[\u0600-\u06FF]/.test(text) ? "fa" : "en";
    const post = {
      id,
      author,
      text,
      at,
      replyTo,
      conversationId,
      likes,
      language,
      isRepost: text.startsWith("RT @"),
    };
    this.#byId.set(id, post);
    return post;
  }

  withId(id: string): Post | undefined {
    return this.#byId.get(id);
  }

  /** Posts of the last 7 days, newest first. */
  recent(now: number): readonly Post[] {
    return [...this.#byId.values()].filter(({ at }) => at > now - SEARCHED_MS).toReversed();
  }
}
