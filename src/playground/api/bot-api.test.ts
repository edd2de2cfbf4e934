import { expect, test } from "vitest";
import type { Clock } from "../../lib/clock.ts";
import { botApiRoutes } from "./bot-api.ts";
import type { ArrivingCall } from "./call-journal.ts";
import { CallJournal } from "./call-journal.ts";
import { createMemoryFiles } from "../world/file-store.ts";
import { FloodLimiter } from "./flood-limiter.ts";
import type { Person } from "../world/person.ts";
import { botOf } from "../playground.ts";
import { UpdateQueue } from "../world/update-queue.ts";
import { WorldState } from "../world/world-state.ts";
import { WorldStore } from "../world/world-store.ts";

const token = `1:${"A".repeat(35)}`;
const sara: Person = { id: 11, firstName: "Sara", username: "sara", languageCode: "en", role: "operator" };
const clock: Clock = { now: () => 0, sleep: () => Promise.resolve() };

/** The routes over a world whose records go to `append`. */
function openApp(append: () => Promise<void>, journal = new CallJournal()) {
  const store = new WorldStore(new WorldState(), createMemoryFiles(), append);
  const context = {
    me: botOf(token, "Peyk"),
    persons: new Map([[sara.id, sara]]),
    deactivated: new Set<number>(),
    store,
    updates: new UpdateQueue(store, clock),
    limiter: new FloodLimiter("off"),
    clock,
  };
  const closing = new AbortController().signal;
  return botApiRoutes({ context, token, journal, closing });
}

/** Asks for the bot's name to be changed, which writes one record. */
function ask(append: () => Promise<void>): Promise<Response> {
  return Promise.resolve(openApp(append).request(`/bot${token}/setMyName?name=New`));
}

test("answers only once what it tells is on disk", async () => {
  const events: string[] = [];
  let [asked, written]: (() => void)[] = [() => {}, () => {}];
  const wasAsked = new Promise<void>((resolve) => (asked = resolve));
  const disk = new Promise<void>((resolve) => (written = resolve));
  const answer = ask(async () => {
    asked?.();
    await disk;
    events.push("written");
  }).then(async (response) => {
    events.push("answered");
    return response.json();
  });
  await wasAsked;
  await new Promise(setImmediate);
  expect(events).toEqual([]);
  written?.();
  expect(await answer).toEqual({ ok: true, result: true });
  expect(events).toEqual(["written", "answered"]);
});

test("a disk that refuses is an internal error, without its words", async () => {
  const response = await ask(() => Promise.reject(new Error("ENOSPC /home/someone/world.jsonl")));
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ ok: false, error_code: 500, description: "Internal Server Error" });
});

test("whoever runs it is told of each call as it comes in and over which address, and says what goes wrong with it", async () => {
  const heard: ArrivingCall[] = [];
  const journal = new CallJournal((call) => {
    heard.push(call);
    return call.host === "127.0.0.1:7002" ? { errorCode: 502 } : undefined;
  });
  const app = openApp(() => Promise.resolve(), journal);
  const statusOver = async (host: string): Promise<number> => {
    const path = `/bot${token}/getChat?chat_id=${sara.id}`;
    return (await app.request(path, { headers: { host } })).status;
  };
  expect(await statusOver("127.0.0.1:7001")).toBe(200);
  expect(await statusOver("127.0.0.1:7002")).toBe(502);
  expect(heard).toEqual([
    { method: "getChat", host: "127.0.0.1:7001", chat: sara.id },
    { method: "getChat", host: "127.0.0.1:7002", chat: sara.id },
  ]);
  expect(journal.calls().map(({ host, status }) => [host, status])).toEqual([
    ["127.0.0.1:7001", 200],
    ["127.0.0.1:7002", 502],
  ]);
});
