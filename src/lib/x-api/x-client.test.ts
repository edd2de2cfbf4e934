import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { once } from "node:events";
import { pipeline } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { authorizationOf } from "./oauth1.ts";
import type { XAnswer, XClient, XRequest } from "./x-client.ts";
import { createXClient } from "./x-client.ts";

const keys = {
  apiKey: "key-of-the-app",
  apiSecret: "secret-of-the-app",
  accessToken: "7-token",
  accessSecret: "secret-of-7",
};
const clock = createVirtualClock();
const never = new AbortController().signal;
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<XClient> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return clientOf(portOf(server));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function clientOf(port: number): XClient {
  return createXClient({ baseUrl: `http://127.0.0.1:${port}`, clock, nonce: () => "once" });
}

function askWith(client: XClient, request: Partial<XRequest> = {}, signal = never): Promise<XAnswer> {
  return client.ask(keys, { method: "GET", path: "/2/users/me", ...request }, signal);
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

test("asks with a signature over the query, and answers status, JSON and limits", async () => {
  const seen: (string | undefined)[] = [];
  const client = await serve((request, response) => {
    seen.push(request.url, request.headers.authorization);
    response.setHeader("x-rate-limit-limit", "75");
    response.setHeader("x-rate-limit-remaining", "74");
    response.setHeader("x-rate-limit-reset", "2000");
    response.end('{"data":{"id":"1844674407370955161"}}');
  });
  const query = { usernames: "ali,sara", "user.fields": "id name" };
  const answer = await askWith(client, { path: "/2/users/by", query });
  expect(answer).toEqual({
    kind: "answer",
    status: 200,
    body: { data: { id: "1844674407370955161" } },
    limits: { window: { limit: 75, remaining: 74, resetsAt: 2_000_000 } },
  });
  const url = `http://127.0.0.1:${portOf(servers[0]!)}/2/users/by`;
  expect(seen).toEqual([
    "/2/users/by?usernames=ali%2Csara&user.fields=id%20name",
    authorizationOf({ method: "GET", url, parameters: query, keys, at: clock.now(), nonce: "once" }),
  ]);
});

test("tells how far our clock is ahead of X's, as far as X would let it differ", async () => {
  const dates = [clock.now() - 240_000, clock.now() + 240_000, clock.now() - 1000, clock.now() - 3_600_000];
  const client = await serve((_, response) => {
    response.setHeader("date", new Date(dates.shift() ?? 0).toUTCString()).end("{}");
  });
  const told = [];
  while (dates.length > 0) {
    const answer = await askWith(client);
    told.push(answer.kind === "answer" ? answer.aheadMs : answer.why);
  }
  expect(told).toEqual([240_000, -240_000, undefined, undefined]);
});

test("sends a body as JSON, unsigned", async () => {
  let got = "";
  const client = await serve(async (request, response) => {
    got = `${request.headers["content-type"]} ${await bodyOf(request)}`;
    response.writeHead(201).end("{}");
  });
  const answer = await askWith(client, { method: "POST", body: { text: "سلام" } });
  expect(answer).toMatchObject({ status: 201 });
  expect(got).toBe('application/json {"text":"سلام"}');
});

test("says when nothing can have left: nobody listens, or it was stopped before", async () => {
  await serve(() => undefined);
  const port = portOf(servers[0]!);
  await new Promise((resolve) => servers.pop()!.close(resolve));
  expect(await askWith(clientOf(port))).toEqual({
    kind: "failure",
    mayHaveLeft: false,
    why: "xUnreachable",
  });
  expect(await askWith(clientOf(port), {}, AbortSignal.abort())).toMatchObject({ mayHaveLeft: false });
});

const cuts: Record<string, (response: ServerResponse) => void> = {
  "before a word of the answer": (response) => response.destroy(),
  "after its headers": (response) => {
    response.writeHead(201, { "content-length": "40" });
    response.write('{"data":');
    setImmediate(() => response.destroy());
  },
};

test.each(Object.entries(cuts))("a connection cut %s may have let the request out", async (_name, cut) => {
  const client = await serve(async (request, response) => {
    await bodyOf(request);
    cut(response);
  });
  expect(await askWith(client, { method: "POST", body: { text: "hi" } })).toEqual({
    kind: "failure",
    mayHaveLeft: true,
    why: "connectionBroke",
  });
});

test("a kept connection that is gone at the second request is never tried again by itself", async () => {
  let asked = 0;
  const client = await serve(async (request, response) => {
    await bodyOf(request);
    if (++asked === 1) response.end("{}");
    else response.destroy();
  });
  expect((await askWith(client, { method: "POST", body: {} })).kind).toBe("answer");
  expect(await askWith(client, { method: "POST", body: {} })).toMatchObject({ mayHaveLeft: true });
  expect(asked).toBe(2);
});

test("waits for an answer as long as it was told to, and no longer than the signal lets it", async () => {
  const arrived: (() => void)[] = [];
  const client = await serve(() => arrived.shift()?.());
  const comes = (): Promise<void> => new Promise((resolve) => arrived.push(resolve));
  const late = comes();
  const waiting = askWith(client);
  await late;
  await clock.advance(30_000);
  expect(await waiting).toEqual({ kind: "failure", mayHaveLeft: true, why: "noAnswerInTime" });
  const stop = new AbortController();
  const stopped = comes();
  const waitingToo = askWith(client, {}, stop.signal);
  await stopped;
  stop.abort();
  expect(await waitingToo).toEqual({
    kind: "failure",
    mayHaveLeft: true,
    why: "stoppedBeforeAnswer",
  });
  expect(clock.pending).toBe(0);
});

function* pieces(): Generator<string> {
  for (;;) yield `"${"x".repeat(500_000)}"`;
}

test("takes what is no JSON, or too much of it, for an answer without a body", async () => {
  const html = await serve((_request, response) => response.writeHead(503).end("<html>busy</html>"));
  expect(await askWith(html)).toMatchObject({ kind: "answer", status: 503, body: undefined });
  // Ends with its reader: newer Nodes still call back for what is written to a connection that is gone.
  const endless = await serve((_request, response) => pipeline(pieces, response, () => undefined));
  expect(await askWith(endless)).toMatchObject({ kind: "answer", status: 200, body: undefined });
});

test("follows no redirection, and asks nobody twice for a login", async () => {
  let asked = 0;
  for (const status of [307, 401]) {
    const client = await serve(async (request, response) => {
      await bodyOf(request);
      asked += 1;
      response.writeHead(status, { location: "/2/elsewhere" }).end("{}");
    });
    const answer = await askWith(client, { method: "POST", body: { text: "hi" } });
    expect(answer.kind === "answer" ? answer.status : answer.why).toBe(status);
  }
  expect(asked).toBe(2);
});

test("shows no key and no text in anything it says", async () => {
  const text = "our secret recipe";
  const client = await serve((_request, response) => response.destroy());
  const nowhere = createXClient({ baseUrl: "http://name.invalid", clock, nonce: () => "once" });
  const bad = createXClient({
    baseUrl: "http://127.0.0.1",
    clock,
    nonce: () => "once",
    fetch: () => Promise.reject(new Error(`failed for ${Object.values(keys).join()} ${text}`)),
  });
  for (const one of [client, nowhere, bad]) {
    const said = JSON.stringify(await askWith(one, { method: "POST", body: { text } }));
    for (const secret of [...Object.values(keys), text, "once"]) expect(said).not.toContain(secret);
  }
});
