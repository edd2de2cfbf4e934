/** Whose the pages are: whoever has the key of this start's folder, and nobody else on this computer or elsewhere. */
import { chmod, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newPageKey, openPageKey } from "../../src/lib/pages/page-key.ts";
import { createWeb } from "../../src/web/web.ts";
import { afterTest, call, fetchPage, open, sara, temporaryFolder } from "../playground/open-playground.ts";
import type { Playground } from "../../src/playground/playground.ts";
import { createFakeApp } from "../support/fake-app/fake-app.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

/** The chat page and the monitoring page on one port, as the program serves them. */
async function openBoth(): Promise<Playground> {
  const [clock, key] = [createVirtualClock(), newPageKey()];
  const app = createFakeApp(clock);
  afterTest(() => app[Symbol.dispose]());
  const web = createWeb({
    app,
    clock,
    timeZone: "UTC",
    defaultLocale: "en",
    hasChat: true,
    key,
    assertHeld: () => undefined,
    withProcessMetrics: false,
  });
  afterTest(() => web[Symbol.dispose]());
  return open({ key, beside: (request) => web.fetch(request) });
}

const json = { method: "POST", headers: { "content-type": "application/json" } };

const closed: readonly (readonly [string, RequestInit?])[] = [
  ["/"],
  ["/", { method: "HEAD" }],
  ["/page/main.js"],
  ["/shared/theme.css"],
  ["/shared/vazirmatn.woff2"],
  ["/chat/events"],
  ["/chat/files/x"],
  [`/chat/${sara.id}/text`, { ...json, body: JSON.stringify({ text: "/start" }) }],
  [`/chat/${sara.id}/file?name=x.csv`, { ...json, body: "ali" }],
  [`/chat/${sara.id}/sample`, { ...json, body: JSON.stringify({ name: "x" }) }],
  [`/chat/${sara.id}/press`, { ...json, body: JSON.stringify({ messageId: 1, data: "x" }) }],
  ["/monitor"],
  ["/monitor.json"],
  ["/monitor/view.json?lang=fa"],
  ["/monitor/monitor.js"],
  ["/nothing-here"],
  ["//monitor"],
  ["/health/../monitor"],
];

test("without the key no page, stream, file or deed answers, whatever stands in the key's place", async () => {
  const playground = await openBoth();
  const { port } = new URL(playground.apiRoot);
  const other = newPageKey();
  for (const [path, init] of closed)
    for (const headers of [{}, { cookie: `peyk_${port}=${other}` }, { authorization: `Bearer ${other}` }]) {
      const given = new Headers(init?.headers);
      for (const [name, value] of Object.entries(headers)) given.set(name, value);
      const answer = await fetch(playground.apiRoot + path, { ...init, headers: given });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers.get("set-cookie")).toBeNull();
      await answer.body?.cancel();
    }
  for (const key of ["", other, playground.key.slice(1), `${playground.key}x`])
    expect((await fetch(`${playground.apiRoot}/monitor.json?key=${key}`)).status).toBe(401);
  expect(playground.world.messages(sara.id)).toEqual([]);
});

test("only what watches needs no key, and it tells no name", async () => {
  const playground = await openBoth();
  for (const path of ["/health", "/metrics"])
    expect((await fetch(playground.apiRoot + path)).status).toBe(200);
});

test("the address leaves a cookie behind that opens everything, that no script sees and no other site sends", async () => {
  const playground = await openBoth();
  const first = await fetch(playground.pageUrl);
  expect(first.status).toBe(200);
  const [cookie = "", ...rules] = (first.headers.get("set-cookie") ?? "").split("; ");
  expect(rules).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Strict", "Path=/"]));
  for (const path of ["/", "/page/main.js", "/shared/dom.js", "/monitor", "/monitor.json"])
    expect((await fetch(playground.apiRoot + path, { headers: { cookie } })).status).toBe(200);
  const sent = await fetch(`${playground.apiRoot}/chat/${sara.id}/text`, {
    method: "POST",
    headers: { cookie, origin: playground.apiRoot },
    body: JSON.stringify({ text: "hello" }),
  });
  expect(sent.status).toBe(200);
  expect(playground.world.messages(sara.id)).toHaveLength(1);
});

test("a page of another site or another port gets nothing with the cookie that the browser sends along", async () => {
  const playground = await openBoth();
  for (const site of ["cross-site", "same-site"])
    for (const path of ["/monitor.json", "/chat/events", "/page/main.js", "/metrics"]) {
      const answer = await fetchPage(playground, path, {
        headers: { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" },
      });
      expect([site, path, answer.status]).toEqual([site, path, 403]);
    }
});

test("the Bot API takes its token alone, and the key opens nothing there", async () => {
  const playground = await openBoth();
  const { apiRoot, key, token } = playground;
  expect((await call(playground, "getMe")).ok).toBe(true);
  for (const given of [key, `${token}x`, token.slice(0, -1), `${token.split(":")[0]}:${"A".repeat(35)}`])
    expect((await fetch(`${apiRoot}/bot${given}/getMe?key=${key}`)).ok).toBe(false);
  const other = await open();
  expect(other.token.split(":")[1]).not.toBe(token.split(":")[1]);
});

test("whoever comes without the key reads in both languages what to do", async () => {
  const playground = await openBoth();
  const answer = await fetch(`${playground.apiRoot}/`, { headers: { accept: "text/html,*/*" } });
  expect(answer.status).toBe(401);
  const html = await answer.text();
  expect(html).toContain("npm start");
  expect(html).toContain('lang="fa" dir="rtl"');
  expect(html).not.toContain(playground.key);
  expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'; style-src 'sha256-/);
});

test("the key is kept for this user alone, and lives on over starts", async () => {
  const path = join(await temporaryFolder(), "page-key");
  const key = await openPageKey(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await openPageKey(path)).toBe(key);
  expect(newPageKey()).not.toBe(newPageKey());
});

test("a key that others could read, that was put there by a link, or that is none, is replaced", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "page-key");
  const seen = await openPageKey(path);
  await chmod(path, 0o640);
  const second = await openPageKey(path);
  expect(second).not.toBe(seen);
  await writeFile(path, "short\n");
  expect(await openPageKey(path)).not.toBe("short");
  const elsewhere = join(folder, "elsewhere");
  await writeFile(elsewhere, `${seen}\n`, { mode: 0o600 });
  await symlink(elsewhere, join(folder, "linked"));
  expect(await openPageKey(join(folder, "linked"))).not.toBe(seen);
  expect((await readFile(elsewhere, "utf8")).trim()).toBe(seen);
});
