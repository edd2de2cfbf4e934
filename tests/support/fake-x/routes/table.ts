/** Which path is which route, what window it counts in, and what it costs at least. */
import type { RouteName } from "../faults.ts";
import type { Windows } from "../options.ts";
import { prices } from "../options.ts";
import type { Reply } from "../refusals.ts";
import type { Visit } from "../world.ts";
import { followers } from "./followers.ts";
import { conversationEvents, events, sendMessage } from "./messages.ts";
import { post } from "./posts.ts";
import { search } from "./search.ts";
import { me, userByName, usersBy } from "./users.ts";

export interface Route {
  readonly name: RouteName;
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** Windows of the account. */
  readonly windows: readonly (keyof Windows)[];
  /** Messages need the permission for them. */
  readonly isPrivate: boolean;
  /** Credits that must be left, in thousandths of a dollar. */
  readonly leastCredits: number;
  answer(visit: Visit): Reply;
}

function read(name: RouteName, path: RegExp, window: keyof Windows, answer: (visit: Visit) => Reply): Route {
  const isPrivate = window === "events";
  return {
    name,
    method: "GET",
    path,
    windows: [window],
    isPrivate,
    leastCredits: window === "me" ? 0 : 1,
    answer,
  };
}

export const routes: readonly Route[] = [
  read("me", /^\/2\/users\/me$/, "me", me),
  read("usersBy", /^\/2\/users\/by$/, "lookUp", usersBy),
  read("userByName", /^\/2\/users\/by\/username\/([^/]+)$/, "lookUp", userByName),
  read("followers", /^\/2\/users\/([^/]+)\/followers$/, "followers", followers),
  read("search", /^\/2\/tweets\/search\/recent$/, "search", search),
  read("post", /^\/2\/tweets\/([^/]+)$/, "post", post),
  read("events", /^\/2\/dm_events$/, "events", events),
  read(
    "conversationEvents",
    /^\/2\/dm_conversations\/with\/([^/]+)\/dm_events$/,
    "events",
    conversationEvents,
  ),
  {
    name: "sendMessage",
    method: "POST",
    path: /^\/2\/dm_conversations\/with\/([^/]+)\/messages$/,
    windows: ["dm", "dmDay", "appDay"],
    isPrivate: true,
    leastCredits: prices.message,
    answer: sendMessage,
  },
];
