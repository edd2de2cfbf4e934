/** The page's side of the server: its files, who is kept out, and the stream of changes. */
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Playground } from "../../src/playground/playground.ts";
import { afterTest, call, fetchPage, nima, open, sara, temporaryFolder } from "./open-playground.ts";

/** Sends a request with headers that fetch would not let through. */
async function ask(
  playground: Playground,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const all = { authorization: `Bearer ${playground.key}`, ...headers };
    const sent = request(`${playground.apiRoot}${path}`, { method, headers: all }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

test("serves the page under a policy that lets nothing in from outside", async () => {
  const playground = await open();
  const page = await fetch(playground.pageUrl);
  expect(page.headers.get("content-type")).toContain("text/html");
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  const html = await page.text();
  const own = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(own.length).toBeGreaterThan(4);
  for (const path of [...own, "/shared/vazirmatn.woff2"])
    expect((await fetchPage(playground, path)).status).toBe(200);
});

test("hands out no other file", async () => {
  const playground = await open();
  const paths = [
    "/page/..%2f..%2fpackage.json",
    "/page/%2e%2e/tsconfig.json",
    "/page/none.js",
    "/chat/files/none",
  ];
  for (const path of paths) expect(await ask(playground, path, {})).toBe(404);
});

test("answers nobody who comes under another host's name", async () => {
  const playground = await open();
  const { port } = new URL(playground.apiRoot);
  expect(await ask(playground, "/", { host: `localhost:${port}` })).toBe(200);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"])
    expect([host, await ask(playground, "/", { host })]).toEqual([host, 403]);
});

test("lets no other site's page do anything", async () => {
  const playground = await open();
  const body = JSON.stringify({ text: "x" });
  const path = `/chat/${sara.id}/text`;
  const { port } = new URL(playground.apiRoot);
  for (const origin of ["https://evil.example", "null", `http://127.0.0.1:${Number(port) + 1}`])
    expect([origin, await ask(playground, path, { origin }, body)]).toEqual([origin, 403]);
  expect(playground.world.messages(sara.id)).toEqual([]);
  expect(await ask(playground, path, { origin: playground.apiRoot }, body)).toBe(200);
});

test("what a bot sends as a document is only ever downloaded, never shown as a page", async () => {
  const playground = await open();
  const bytes = Buffer.from("<script>alert(1)</script>");
  const sent = playground.world.sendDocument(sara.id, { name: "فهرست.html", mimeType: "text/html", bytes });
  const answer = await fetchPage(playground, `/chat/files/${sent.document?.file_id}`);
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  expect(answer.headers.get("content-disposition")).toContain(
    `attachment; filename*=UTF-8''${encodeURIComponent("فهرست.html")}`,
  );
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
});

test("streams everything first, then each change; commands in each person's language", async () => {
  const playground = await open();
  playground.world.sendText(sara.id, "/start");
  const gone = new AbortController();
  afterTest(() => gone.abort());
  const stream = await fetchPage(playground, "/chat/events", { signal: gone.signal });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const until = async (part: string): Promise<void> => {
    while (!heard.includes(part)) heard += (await reader?.read())?.value ?? "";
  };
  await until("event: view");
  await until('"text":"/start"');
  const commands = [{ command: "new", description: "کمپین تازه" }];
  await call(playground, "setMyCommands", { commands, language_code: "fa" });
  await until(`"${nima.id}":{"name":"Peyk","description":"","commands":[{"command":"new"`);
  expect(heard).toContain(`"${sara.id}":{"name":"Peyk","description":"","commands":[]`);
  await call(playground, "sendChatAction", { chat_id: sara.id, action: "typing" });
  await until('"kind":"action"');
});

test("takes texts, files, samples and presses from the page, and refuses what is none of these", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "sample.csv");
  await writeFile(path, "username\nali\n");
  const playground = await open({
    samples: [{ name: "list.csv", title: { en: "List", fa: "فهرست" }, path }],
  });
  const post = async (
    act: string,
    body: string | Uint8Array<ArrayBuffer>,
    type = "application/json",
  ): Promise<number> =>
    (
      await fetchPage(playground, `/chat/${act}`, {
        method: "POST",
        body,
        headers: { "content-type": type },
      })
    ).status;
  expect(await post(`${sara.id}/text`, JSON.stringify({ text: "/start" }))).toBe(200);
  expect(
    await post(`${sara.id}/file?name=${encodeURIComponent("a/ب.csv")}`, Buffer.from("x"), "text/csv"),
  ).toBe(200);
  expect(await post(`${sara.id}/sample`, JSON.stringify({ name: "list.csv" }))).toBe(200);
  expect(playground.world.messages(sara.id).map((one) => one.text ?? one.document?.file_name)).toEqual([
    "/start",
    "a_ب.csv",
    "list.csv",
  ]);
  expect(playground.world.messages(sara.id).at(-1)?.document?.mime_type).toBe("text/csv");
  expect(await post(`${sara.id}/sample`, JSON.stringify({ name: "../secret" }))).toBe(404);
  expect(await post("99/text", JSON.stringify({ text: "x" }))).toBe(404);
  expect(await post(`${sara.id}/text`, "{}")).toBe(400);
  expect(await post(`${sara.id}/text`, JSON.stringify({ text: "x", replyTo: 99 }))).toBe(404);
  expect(await post(`${sara.id}/press`, "nonsense")).toBe(400);
});

test("takes no body beyond what a deed can need", async () => {
  const playground = await open();
  const body = JSON.stringify({ text: "x", more: "y".repeat(3_000_000) });
  const answer = await fetchPage(playground, `/chat/${sara.id}/text`, { method: "POST", body });
  expect(answer.status).toBe(413);
  expect(playground.world.messages(sara.id)).toEqual([]);
});

test("keeps so many pages up to date and no more, and takes one again when one has gone", async () => {
  const playground = await open();
  const leave = Array.from({ length: 32 }, () => new AbortController());
  afterTest(() => leave.forEach((one) => one.abort()));
  const pages = await Promise.all(
    leave.map(({ signal }) => fetchPage(playground, "/chat/events", { signal })),
  );
  expect(pages.every(({ status }) => status === 200)).toBe(true);
  expect((await fetchPage(playground, "/chat/events")).status).toBe(503);
  leave[0]?.abort();
  const again = new AbortController();
  afterTest(() => again.abort());
  await expect
    .poll(async () => (await fetchPage(playground, "/chat/events", { signal: again.signal })).status)
    .toBe(200);
});

test("hangs up on a page that does not read, instead of keeping everything for it", async () => {
  const playground = await open();
  const { hostname, port } = new URL(playground.apiRoot);
  const socket = connect(Number(port), hostname);
  afterTest(() => socket.destroy());
  socket.on("error", () => undefined);
  const asked = [
    "GET /chat/events HTTP/1.1",
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${playground.key}`,
  ];
  socket.write(`${asked.join("\r\n")}\r\n\r\n`);
  await once(socket, "readable");
  const text = "x".repeat(4000);
  const closed = once(socket, "close");
  for (let sent = 0; sent < 8000 && !socket.destroyed; sent += 1) {
    playground.world.sendText(sara.id, text);
    if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.resume();
  await closed;
});

test("lets so many presses wait for the bot and no more", async () => {
  const playground = await open();
  const leave = new AbortController();
  afterTest(() => leave.abort());
  const press = () =>
    fetchPage(playground, `/chat/${sara.id}/press`, {
      method: "POST",
      body: JSON.stringify({ messageId: 1, data: "x" }),
      signal: leave.signal,
    });
  for (let n = 0; n < 64; n += 1) press().catch(() => undefined);
  await expect.poll(async () => (await Promise.race([press(), waited()]))?.status).toBe(503);
});

async function waited(): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, 200));
}

test("takes no form with more parts than any method has", async () => {
  const playground = await open();
  const form = new FormData();
  form.set("chat_id", String(sara.id));
  for (let n = 0; n < 300; n += 1) form.set(`field${n}`, "x");
  const answer = await fetch(`${playground.apiRoot}/bot${playground.token}/sendMessage`, {
    method: "POST",
    body: form,
  });
  expect(answer.status).toBe(413);
});
