/** Fetching what operators send: only below the bot's own folder, and wherever else the server points, not there. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "grammy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../lib/clock.ts";
import { UploadFolder } from "../lib/files/upload-folder.ts";
import { fileAddress, Uploads } from "./uploads.ts";

const FOLDER = "https://api.telegram.org/file/bot1:x/";

test.each([
  ["documents/file_1.csv", "documents/file_1.csv"],
  ["photos/file 2.jpg", "photos/file%202.jpg"],
  ["documents/فهرست.csv", `documents/${encodeURIComponent("فهرست")}.csv`],
  ["documents/a?b#c.csv", "documents/a%3Fb%23c.csv"],
])("%s lies in the folder", (remote, path) => {
  const address = fileAddress(FOLDER, remote);
  expect(address).toBe(FOLDER + path);
  expect(new URL(address ?? "").href).toMatch(/^https:\/\/api\.telegram\.org\/file\/bot1:x\//);
});

test.each([
  "../bot2:y/documents/x",
  "documents/../../bot2:y/x",
  "documents/..",
  "./x",
  "/etc/passwd",
  "//evil.example/x",
  "documents//x",
  "documents\\\\..\\\\x",
  "documents/%2e%2e/%2e%2e/x",
  "documents/x\n",
  "",
])("%j does not", (remote) => {
  expect(fileAddress(FOLDER, remote)).toBeUndefined();
});

let folder: string;
let server: Server;
let asked: string[];
let told: object;
let answer: (path: string) => { status: number; location?: string; body: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-uploads-"));
  asked = [];
  server = createServer((request, response) => {
    if (request.url === "/bot1:x/getFile") return void response.end(JSON.stringify(told));
    asked.push(request.url ?? "");
    const { status, location, body } = answer(request.url ?? "");
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function fetched(remote: string) {
  const bound = server.address();
  const apiRoot = `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`;
  const api = new Api("1:x", { apiRoot });
  told = { ok: true, result: { file_id: "file", file_unique_id: "file", file_path: remote } };
  return new Uploads({ place: new UploadFolder(folder), apiRoot, token: "1:x", clock: systemClock }).fetch(
    api,
    "file",
    {
      signal: new AbortController().signal,
      end: undefined,
    },
  );
}

test("a file of the bot's is fetched", async () => {
  answer = () => ({ status: 200, body: "ali" });
  const file = await fetched("documents/file_1.csv");
  expect(file).toMatchObject({ ok: true });
  expect(await readFile(file.ok ? file.path : "", "utf8")).toBe("ali");
});

test("a path that leads out of the folder is not even asked for", async () => {
  answer = () => ({ status: 200, body: "secret" });
  expect(await fetched("../../bot2:y/documents/x")).toEqual({ ok: false, problem: "notFetched" });
  expect(asked).toEqual([]);
});

test("a redirection is not followed", async () => {
  answer = (path) =>
    path.includes("elsewhere")
      ? { status: 200, body: "another's" }
      : { status: 302, location: "/elsewhere", body: "" };
  expect(await fetched("documents/file_1.csv")).toEqual({ ok: false, problem: "notFetched" });
  expect(asked.filter((path) => path.includes("elsewhere"))).toEqual([]);
});

test("a file that can't be removed when its dialogue is left keeps nobody from going on", async () => {
  const place = Object.assign(new UploadFolder(folder), { remove: () => Promise.reject(new Error("gone")) });
  const uploads = new Uploads({
    apiRoot: "http://127.0.0.1:1",
    token: "1:x",
    place,
    clock: systemClock,
  });
  const left = new AbortController();
  uploads.removeIfLeft(join(folder, "list.csv"), { signal: left.signal, end: "left" });
  left.abort();
  expect(await uploads.has(join(folder, "list.csv"))).toBe(false);
});
