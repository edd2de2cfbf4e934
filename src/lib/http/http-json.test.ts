import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { AskJsonOptions, JsonAnswer } from "./http-json.ts";
import { createAskJson, retryAfter } from "./http-json.ts";

const clock = createVirtualClock();
const never = new AbortController().signal;
const secret = "key-of-ours";
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return new URL(
    `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/?token=${secret}`,
  );
}

async function askAt(url: URL, options: Partial<AskJsonOptions> = {}, signal = never): Promise<JsonAnswer> {
  const answer = await createAskJson({ clock, ...options })(
    { url, headers: { "x-api-key": secret } },
    signal,
  );
  expect(JSON.stringify(answer)).not.toContain(secret);
  return answer;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

test("answers status, headers and JSON", async () => {
  const url = await serve((request, response) => {
    response.writeHead(207, { "x-seen": String(request.headers["x-api-key"] === secret) }).end('{"id":"7"}');
  });
  const answer = await askAt(url);
  expect(answer).toMatchObject({ kind: "answer", status: 207, body: { id: "7" } });
  expect(answer.kind === "answer" && answer.headers.get("x-seen")).toBe("true");
});

test("takes what is no JSON, or more than it may be, for an answer without a body", async () => {
  const html = await serve((_request, response) => response.writeHead(502).end("<html>"));
  expect(await askAt(html)).toMatchObject({ status: 502, body: undefined });
  const long = await serve((_request, response) => response.end(`"${"x".repeat(1000)}"`));
  expect(await askAt(long, { largestBytes: 1000 })).toMatchObject({ status: 200, body: undefined });
  expect(await askAt(long, { largestBytes: 1002 })).toMatchObject({ body: "x".repeat(1000) });
});

test("says in a few words why no answer came", async () => {
  const cut = await serve((_request, response) => response.destroy());
  expect(await askAt(cut)).toEqual({ kind: "failure", why: "serviceUnreachable" });
  const silent = await serve(() => undefined);
  const waiting = askAt(silent);
  await clock.advance(60_000);
  expect(await waiting).toEqual({ kind: "failure", why: "noAnswerInTime" });
  expect(await askAt(silent, {}, AbortSignal.abort())).toEqual({
    kind: "failure",
    why: "stoppedBeforeCall",
  });
  const stop = new AbortController();
  const stopped = askAt(silent, {}, stop.signal);
  stop.abort(new Error(secret));
  expect(await stopped).toEqual({ kind: "failure", why: "stoppedBeforeAnswer" });
  const refusing = (): never => {
    throw new Error(`no such address ${cut.href}`);
  };
  expect(await askAt(cut, { fetch: refusing })).toEqual({
    kind: "failure",
    why: "serviceUnreachable",
  });
  expect(clock.pending).toBe(0);
});

test("follows no redirection", async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked += 1;
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect(await askAt(url)).toMatchObject({ status: 302 });
  expect(asked).toBe(1);
});

test("reads when to come back", () => {
  expect(retryAfter(new Headers({ "retry-after": "7" }), 1000)).toBe(8000);
  const monday = { "retry-after": "Mon, 05 Jan 2026 00:00:30 GMT" };
  expect(retryAfter(new Headers(monday), 1000)).toBe(Date.UTC(2026, 0, 5, 0, 0, 30));
  const ours = Date.UTC(2026, 0, 5, 0, 5);
  const theirs = { ...monday, date: "Mon, 05 Jan 2026 00:00:00 GMT" };
  expect(retryAfter(new Headers(theirs), ours)).toBe(ours + 30_000);
  for (const text of ["soon", "7.5", "-3", "Tue, 99 Foo 2026 00:00:00 GMT"])
    expect(retryAfter(new Headers({ "retry-after": text }), 1000)).toBeUndefined();
  expect(retryAfter(new Headers(), 1000)).toBeUndefined();
});
