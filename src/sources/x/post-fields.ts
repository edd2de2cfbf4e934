/**
 * Under which name X takes the fields of a post: `post.fields` by its documents since 2.167, `tweet.fields` by those
 * before. Asked by the newer name first; which one it took is remembered for as long as the process lives.
 */
import type { Answered, Ask } from "./questions.ts";

type Name = "post.fields" | "tweet.fields";

/** Asks about posts in the way that this X takes. */
export class PostFields {
  #name: Name | undefined;

  /**
   * @param fields Under either name: some are called differently too
   * @param ask Asks with a query to which the post's fields are added
   */
  async ask(fields: Readonly<Record<Name, string>>, ask: Ask): Promise<Answered> {
    const name = this.#name ?? "post.fields";
    const first = await ask({ [name]: fields[name] });
    if (this.#name !== undefined) return first;
    const isRefused = first.kind === "fault" && first.isRefusedQuestion;
    if (!isRefused) return this.#took("post.fields", first);
    const second = await ask({ "tweet.fields": fields["tweet.fields"] });
    return second.kind === "body" ? this.#took("tweet.fields", second) : first;
  }

  /** An answer that brought nothing proves nothing about the name. */
  #took(name: Name, answered: Answered): Answered {
    if (answered.kind === "body") this.#name = name;
    return answered;
  }
}
