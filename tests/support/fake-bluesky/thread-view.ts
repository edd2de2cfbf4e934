/** A post with the replies below it, as deep as asked for. */
import type { Actor, Post } from "./network.ts";

interface NodeView {
  readonly $type: string;
  readonly uri?: string;
  readonly notFound?: true;
  readonly post?: object;
  readonly replies: NodeView[];
}

/** Builds the thread level by level, so that its depth is no matter. */
export function threadView(root: Post, depth: number, actorView: (actor: Actor) => object): NodeView {
  const top = nodeView(root, actorView);
  let level: { readonly post: Post; readonly view: NodeView }[] = [{ post: root, view: top }];
  for (let left = depth; left > 0 && level.length > 0; left -= 1) {
    level = level.flatMap(({ post, view }) =>
      post.replies.map((reply) => {
        const below = nodeView(reply, actorView);
        view.replies.push(below);
        return { post: reply, view: below };
      }),
    );
  }
  return top;
}

function nodeView({ uri, author, isDeleted }: Post, actorView: (actor: Actor) => object): NodeView {
  const replies: NodeView[] = [];
  if (isDeleted) return { $type: "app.bsky.feed.defs#notFoundPost", uri, notFound: true, replies };
  const post = { uri, cid: "bafyrei", author: actorView(author), record: { text: "…" }, labels: [] };
  return { $type: "app.bsky.feed.defs#threadViewPost", post, replies };
}
