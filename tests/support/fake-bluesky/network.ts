/** Who is on the fake Bluesky, who follows whom, and which posts there are. */

export interface Actor {
  readonly did: string;
  handle: string;
  readonly displayName: string | undefined;
  readonly followers: Actor[];
}

/** A post as a test describes it; people are named by their handles. */
export interface FakePost {
  readonly author: string;
  /** Last part of its address; absent for replies. */
  readonly key?: string;
  readonly likers?: readonly string[];
  readonly replies?: readonly FakePost[];
  /** Absent: nothing that a search would find. */
  readonly text?: string;
  /** Shown as a hole in the thread, with its replies. */
  readonly isDeleted?: boolean;
}

export interface Post {
  readonly uri: string;
  readonly author: Actor;
  readonly likers: readonly Actor[];
  readonly replies: readonly Post[];
  readonly isDeleted: boolean;
  readonly text: string;
  /** ms since the epoch */
  readonly at: number;
}

const FIRST_POST_AT = Date.UTC(2026, 0, 1);
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

export class Network {
  readonly #byHandle = new Map<string, Actor>();
  readonly #byDid = new Map<string, Actor>();
  readonly #posts = new Map<string, Post>();

  constructor(posts: readonly FakePost[]) {
    for (const post of posts) this.#publish(post);
  }

  /** By handle or DID; undefined when nobody has it. */
  find(handleOrDid: string): Actor | undefined {
    return this.#byDid.get(handleOrDid) ?? this.#byHandle.get(handleOrDid.toLowerCase());
  }

  /** Whoever has this handle; made up when nobody has it yet. Every third one has a display name. */
  actor(handle: string): Actor {
    const known = this.find(handle);
    if (known) return known;
    const number = this.#byDid.size;
    const displayName = number % 3 === 0 ? `${handle} ☕` : undefined;
    const actor: Actor = { did: didNumber(number), handle, displayName, followers: [] };
    this.#byHandle.set(handle.toLowerCase(), actor);
    this.#byDid.set(actor.did, actor);
    return actor;
  }

  follow(handle: string, followers: number | readonly string[]): void {
    const names =
      typeof followers === "number"
        ? Array.from({ length: followers }, (_, index) => `fan${index + 1}.${handle}`)
        : followers;
    const actor = this.actor(handle);
    for (const name of names) actor.followers.push(this.actor(name));
  }

  rename(from: string, to: string): void {
    const actor = this.actor(from);
    this.#byHandle.delete(from.toLowerCase());
    actor.handle = to;
    this.#byHandle.set(to.toLowerCase(), actor);
  }

  /** By its address with the author's DID, as the service knows it. */
  post(uri: string): Post | undefined {
    return this.#posts.get(uri);
  }

  /** Somebody writes a post; answers its address. */
  write(handle: string, text: string, at: number): string {
    const author = this.actor(handle);
    const uri = `at://${author.did}/app.bsky.feed.post/3k${String(this.#posts.size).padStart(11, "0")}`;
    this.#posts.set(uri, { uri, author, likers: [], replies: [], isDeleted: false, text, at });
    return uri;
  }

  /** Every post there is. */
  newestFirst(): readonly Post[] {
    return [...this.#posts.values()].filter((post) => !post.isDeleted).toReversed();
  }

  /** Replies first, from the deepest up: threads may be deeper than a stack. */
  #publish(root: FakePost): void {
    const order = [root];
    for (let index = 0; index < order.length; index += 1) order.push(...(order[index]?.replies ?? []));
    const published = new Map<FakePost, Post>();
    for (const post of order.toReversed()) {
      const author = this.actor(post.author);
      const uri = `at://${author.did}/app.bsky.feed.post/${post.key ?? `reply${published.size}`}`;
      const made = {
        uri,
        author,
        likers: (post.likers ?? []).map((handle) => this.actor(handle)),
        replies: (post.replies ?? []).flatMap((reply) => published.get(reply) ?? []),
        isDeleted: post.isDeleted ?? false,
        text: post.text ?? "",
        at: FIRST_POST_AT + 1000 * published.size,
      };
      published.set(post, made);
      this.#posts.set(uri, made);
    }
  }
}

/** 24 letters as a real one has. */
function didNumber(number: number): string {
  let letters = "";
  for (let left = number; letters.length < 24; left = Math.floor(left / 32))
    letters = `${LETTERS[left % 32]}${letters}`;
  return `did:plc:${letters}`;
}
