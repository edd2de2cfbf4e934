import { afterEach, beforeEach, expect, test } from "vitest";
import type { FakeBluesky } from "../../../tests/support/fake-bluesky/fake-bluesky.ts";
import { openFakeBluesky } from "../../../tests/support/fake-bluesky/fake-bluesky.ts";
import type { LoopbackFault } from "../../../tests/support/loopback-server.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { createAskJson } from "../../lib/http/http-json.ts";
import type { Page, Source, SourceFault } from "../source.ts";
import { openBlueskyPosts } from "./posts.ts";
import { BlueskySession } from "./session.ts";

const clock = createVirtualClock();
const never = new AbortController().signal;
const account = { identifier: "peyk.test", password: "abcd-efgh-ijkl-mnop" };

let bluesky: FakeBluesky;
let next: LoopbackFault | undefined;
beforeEach(async () => {
  next = undefined;
  bluesky = await openFakeBluesky({
    login: account,
    now: () => clock.now() - 1,
    faults() {
      const fault = next;
      next = undefined;
      return fault;
    },
  });
  bluesky.write("ana.test", "Hello #coffee");
});
afterEach(() => bluesky[Symbol.asyncDispose]());

function posts(appPassword = account.password): Source {
  const { address } = bluesky;
  const ask = createAskJson({ clock });
  const login = { serviceUrl: address, identifier: account.identifier, appPassword };
  return openBlueskyPosts({
    baseUrl: address,
    ask,
    clock,
    session: new BlueskySession({ login, ask, clock }),
  });
}

function search(source: Source): Promise<Page | SourceFault> {
  return source.page({ query: "#coffee" }, never);
}

function methods(): string[] {
  return bluesky.calls.map(({ path }) => path.replace(/^.*\./, ""));
}

test("logs in once for all its questions", async () => {
  const source = posts();
  await Promise.all([search(source), search(source)]);
  expect(await search(source)).toMatchObject({ leads: [{ username: "ana.test" }] });
  expect(methods().filter((method) => method === "createSession")).toHaveLength(1);
  expect(methods().filter((method) => method === "searchPosts")).toHaveLength(3);
});

test("renews a login that has run out, and asks again what was not heard", async () => {
  const source = posts();
  await search(source);
  bluesky.expireLogins();
  expect((await search(source)).kind).toBe("page");
  expect(methods()).toEqual(["createSession", "searchPosts", "searchPosts", "refreshSession", "searchPosts"]);
});

test("logs in anew where the login can't be renewed any more", async () => {
  const source = posts();
  await search(source);
  bluesky.forgetLogins();
  expect((await search(source)).kind).toBe("page");
  expect(methods().filter((method) => method === "createSession")).toHaveLength(2);
});

test("says to a stranger who is turned away that Bluesky wants a login", async () => {
  const source = openBlueskyPosts({ baseUrl: bluesky.address, ask: createAskJson({ clock }), clock });
  const loginOnly = { kind: "accessLost", why: "blueskyLoginOnly" };
  expect(await search(source)).toEqual(loginOnly);
  next = { kind: "reply", status: 403, body: "<html>Request forbidden by administrative rules.</html>" };
  expect(await search(source)).toEqual(loginOnly);
  next = { kind: "reply", status: 502, body: "<html>bad gateway</html>" };
  expect((await search(source)).kind).toBe("unavailable");
});

test("says that the password is wrong, once, and shows it nowhere", async () => {
  const fault = await search(posts("wrong-wrong"));
  expect(fault).toEqual({
    kind: "accessLost",
    why: "blueskyLoginRefused",
  });
  expect(methods()).toEqual(["createSession"]);
});

test.each([
  [{ kind: "cut" }, "unavailable"],
  [{ kind: "reply", status: 429, body: { error: "RateLimitExceeded" } }, "throttled"],
  [{ kind: "reply", status: 502, body: "<html>bad gateway</html>" }, "unavailable"],
] as const)("takes %j at the login for what it is, and not for a wrong password", async (fault, kind) => {
  next = fault;
  const source = posts();
  expect((await search(source)).kind).toBe(kind);
  expect((await search(source)).kind).toBe("page");
});
