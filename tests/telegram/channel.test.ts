/** What the Telegram channel makes of real answers, and what it asks for. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MessageExtras, SendRequest } from "../../src/channels/channel.ts";
import { createTelegram } from "../../src/channels/telegram/telegram.ts";
import type { Answer } from "../../src/domain/fault.ts";
import { departed } from "../../src/domain/people/subscriber.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { filePieces } from "../../src/lib/files/file-pieces.ts";
import { knownAs } from "../../src/domain/people/subscriber.ts";
import { freePort } from "../support/running-program.ts";
import type { TelegramBench } from "./telegram-bench.ts";
import { idOf, openTelegramBench } from "./telegram-bench.ts";

let bench: TelegramBench;
beforeEach(async () => {
  bench = await openTelegramBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const request = (username: string, extra: Partial<SendRequest> = {}): SendRequest => ({
  account: "bot",
  username,
  text: "Hello",
  dedupKey: `spring:${username}`,
  ...extra,
});
const send = (username: string, extra: Partial<SendRequest> = {}): Promise<Answer> =>
  bench.channel.send(request(username, extra), new AbortController().signal);
const sends = () => bench.world.calls().filter(({ method }) => method.startsWith("send"));
const inbox = (name: Parameters<typeof idOf>[0]) =>
  bench.world.messages(idOf(name)).filter(({ from }) => from?.is_bot);

test("a person who blocked the bot is no subscriber any more", async () => {
  bench.world.block(idOf("ali"), true);
  expect(await send("ali")).toMatchObject({ kind: "recipient", state: "refused" });
  expect((await bench.subscribers.find("ali"))?.state).toBe("blocked");
  expect(knownAs(bench.subscribers.stored("ali"))).toMatchObject({
    personId: String(idOf("ali")),
    hasLeft: true,
  });
});

test("a deleted account is no subscriber any more", async () => {
  bench.world.deactivate(idOf("ali"));
  expect(await send("ali")).toMatchObject({ kind: "recipient", state: "refused" });
  expect((await bench.subscribers.find("ali"))?.state).toBe("deactivated");
});

test("who never pressed Start is not found, and nobody is asked", async () => {
  expect(await send("nobody")).toMatchObject({ state: "notFound", why: "neverStartedBot" });
  expect(knownAs(bench.subscribers.stored("nobody"))).toEqual({});
  expect(sends()).toEqual([]);
});

test("who says stop while the message waits for its turn gets nothing", async () => {
  bench.lane.pause(systemClock.now() + 20);
  const slow = createTelegram({
    access: bench.playground,
    audience: bench.subscribers,
    clock: systemClock,
    lane: Object.assign(Object.create(bench.lane), {
      enter: async () => {
        await bench.subscribers.change(idOf("ali"), (ali) => ali && departed(ali, "stopped", 1));
        return { kind: "go", left: () => undefined, giveBack: () => undefined };
      },
    }),
  });
  const answer = await slow.send(request("ali"), new AbortController().signal);
  expect(answer).toMatchObject({ kind: "recipient", state: "refused", why: "unsubscribed" });
  expect(inbox("ali")).toEqual([]);
});

test("a 429 stops the lane, and the next message is turned back without asking", async () => {
  bench.world.failNext("sendMessage", { errorCode: 429, retryAfter: 60 });
  const before = systemClock.now();
  const first = await send("ali");
  expect(first).toMatchObject({ kind: "throttled", scope: "channel" });
  expect(bench.lane.pausedUntil).toBeGreaterThanOrEqual(before + 61_000);
  expect(await send("sara")).toEqual({
    ...first,
    retryAt: bench.lane.pausedUntil,
    uncalled: true,
  });
  expect(sends()).toHaveLength(1);
});

test("a 429 in a chat that was busy a moment ago holds up nobody else", async () => {
  for (let nth = 0; nth < 3; nth += 1) {
    const permit = await bench.lane.enter({ rank: "answer", chat: String(idOf("ali")) });
    if (permit.kind === "go") permit.left();
  }
  bench.world.failNext("sendMessage", { errorCode: 429, retryAfter: 60 });
  expect(await send("ali")).toMatchObject({ kind: "throttled", scope: "recipient" });
  expect(await send("sara")).toMatchObject({ kind: "delivered" });
  expect(await send("ali")).toMatchObject({ kind: "throttled", scope: "recipient", uncalled: true });
  expect(sends()).toHaveLength(2);
});

test("an absurd silence is kept for a day, and the reason says so", async () => {
  bench.world.failNext("sendMessage", { errorCode: 429, retryAfter: 1_000_000_000 });
  const answer = await send("ali");
  const why = "telegramLongWait";
  expect(answer).toMatchObject({ kind: "throttled", scope: "channel", why });
  expect(bench.lane.pausedUntil).toBeLessThanOrEqual(systemClock.now() + 86_400_000);
});

test("a chat that moved gets the message at its new place, at once and for good", async () => {
  await bench.subscribers.change(idOf("ali"), (ali) => ali && { ...ali, chatId: 999 });
  const moved = {
    errorCode: 400,
    description: "Bad Request: group chat was upgraded",
    migrateTo: idOf("ali"),
  };
  bench.world.failNext("sendMessage", moved);
  expect(await send("ali")).toMatchObject({ kind: "delivered" });
  expect(inbox("ali")).toHaveLength(1);
  expect((await bench.subscribers.find("ali"))?.chatId).toBe(idOf("ali"));
});

test("nobody there means that nothing left, and a revoked token that the bot is logged out", async () => {
  const elsewhere = (access: { token: string; apiRoot: string }) =>
    createTelegram({ access, audience: bench.subscribers, clock: systemClock, lane: bench.lane });
  const { token, apiRoot } = bench.playground;
  const closed = elsewhere({ token, apiRoot: `http://127.0.0.1:${await freePort()}` });
  const { signal } = new AbortController();
  expect(await closed.send(request("ali"), signal)).toMatchObject({ kind: "unavailable" });
  const revoked = elsewhere({ token: `123456:${"x".repeat(35)}`, apiRoot });
  expect(await revoked.send(request("ali"), signal)).toMatchObject({ kind: "account", trouble: "loggedOut" });
  expect(await revoked.check?.("bot", signal)).toMatchObject({ kind: "trouble", trouble: "loggedOut" });
  expect(JSON.stringify(await closed.check?.("bot", signal))).not.toContain(token);
});

test("no answer at all leaves it open, and says nothing of the token", async () => {
  bench.world.failNext("sendMessage", { silent: true });
  const stop = new AbortController();
  const sending = bench.channel.send(request("ali"), stop.signal);
  while (sends().length === 0) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  const answer = await sending;
  expect(answer).toMatchObject({ kind: "uncertain", why: "stoppedBeforeAnswer" });
  expect(JSON.stringify(answer)).not.toContain(bench.playground.token);
});

test("the bot says who it is", async () => {
  const { signal } = new AbortController();
  expect(await bench.channel.check?.("bot", signal)).toEqual({
    kind: "well",
    username: "peyk_bot",
    limits: [],
  });
});

test("a formatted message with link buttons arrives as such, its length counted without the tags", async () => {
  const text = `<b>Spring</b> &lt;3 ${"x".repeat(4086)}`;
  const buttons = [{ label: "Shop", url: "https://example.com/shop" }];
  expect(await send("ali", { text, extras: { format: "html", buttons } })).toMatchObject({
    kind: "delivered",
  });
  const [message] = inbox("ali");
  expect(message?.text).toHaveLength(4096);
  expect(message?.entities?.[0]).toMatchObject({ type: "bold", offset: 0, length: 6 });
  expect(message?.reply_markup?.inline_keyboard).toEqual([
    [{ text: "Shop", url: "https://example.com/shop" }],
  ]);
  const tooLong = await send("sara", { text: `${text}y`, extras: { format: "html" } });
  expect(tooLong).toMatchObject({ kind: "rejected", why: "messageTooLong" });
});

test("below every message stands the one tap to leave, in the person's language, and stays when the message is mended", async () => {
  await using own = await openTelegramBench({ leaveLabel: (code) => `leave in ${code ?? "?"}` });
  await own.subscribers.change(idOf("ali"), (from) => from && { ...from, languageCode: "fa" });
  const { signal } = new AbortController();
  const buttons = [{ label: "Shop", url: "https://example.com/" }];
  const answer = await own.channel.send(request("ali", { extras: { buttons } }), signal);
  await own.channel.send(request("sara"), signal);
  const under = (name: "ali" | "sara") =>
    own.world.messages(idOf(name)).findLast(({ from }) => from?.is_bot)?.reply_markup?.inline_keyboard;
  const shop = [{ text: "Shop", url: "https://example.com/" }];
  const leave = [{ text: "leave in fa", callback_data: "leave" }];
  expect(under("ali")).toEqual([shop, leave]);
  expect(under("sara")).toEqual([[{ text: "leave in ?", callback_data: "leave" }]]);
  expect(own.channel.manifest.hasLeaveButton).toBe(true);
  expect(bench.channel.manifest).not.toHaveProperty("hasLeaveButton");
  const messageId = answer.kind === "delivered" ? answer.messageId : "";
  const sent = { account: "bot", username: "ali", messageId, sentAt: systemClock.now() };
  await own.channel.mend?.({ ...sent, text: "Mended.", isCaption: false, extras: { buttons } }, signal);
  expect(own.world.messages(idOf("ali")).at(-1)).toMatchObject({ text: "Mended." });
  expect(under("ali")).toEqual([shop, leave]);
});

test("broken formatting is our own mistake", async () => {
  expect(await send("ali", { text: "<b>Spring", extras: { format: "html" } })).toMatchObject({
    kind: "rejected",
  });
});

test("paid broadcast is asked for only where it is switched on", async () => {
  await send("ali");
  await using paid = await openTelegramBench({ isPaid: true });
  await paid.channel.send(request("ali"), new AbortController().signal);
  expect(sends()[0]?.payload).not.toHaveProperty("allow_paid_broadcast");
  expect(paid.world.calls()[0]?.payload).toHaveProperty("allow_paid_broadcast", true);
});

/** The smallest PNG there is: one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function withFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-attachment-"));
  try {
    await writeFile(join(folder, "spring.png"), PIXEL);
    await work(join(folder, "spring.png"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const photo = (path: string): MessageExtras => ({
  attachment: { kind: "photo", key: path, open: () => filePieces(path), name: "spring.png" },
});

test("a photo is uploaded once, however many get it at the same time", async () => {
  await withFile(async (path) => {
    const answers = await Promise.all(
      (["ali", "sara", "nima"] as const).map((name) => send(name, { extras: photo(path) })),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(["delivered", "delivered", "delivered"]);
    const uploads = sends().filter(({ payload }) => typeof payload["photo"] !== "string");
    expect([sends().length, uploads.length]).toEqual([3, 1]);
    expect(inbox("nima")[0]).toMatchObject({ caption: "Hello", photo: [{}] });
  });
});

test("an upload that fails is tried by the next one who needs it", async () => {
  await withFile(async (path) => {
    bench.world.failNext("sendPhoto", { hangUp: "before" });
    const [first, second] = await Promise.all([
      send("ali", { extras: photo(path) }),
      send("sara", { extras: photo(path) }),
    ]);
    expect([first.kind, second.kind]).toEqual(["uncertain", "delivered"]);
  });
});

test("a file that Telegram has forgotten is uploaded anew", async () => {
  await withFile(async (path) => {
    await send("ali", { extras: photo(path) });
    const description = "Bad Request: wrong file_id or the file is temporarily unavailable";
    bench.world.failNext("sendPhoto", { errorCode: 400, description });
    expect(await send("sara", { extras: photo(path) })).toMatchObject({ kind: "delivered" });
    expect(inbox("sara")).toHaveLength(1);
  });
});

test("a caption has its own greatest length, and needs no text; a lost file is our own mistake", async () => {
  await withFile(async (path) => {
    const long = await send("ali", { text: "x".repeat(1025), extras: photo(path) });
    expect(long).toMatchObject({ kind: "rejected", why: "messageTooLong" });
    expect(await send("ali", { text: "", extras: photo(path) })).toMatchObject({ kind: "delivered" });
    const lost = await send("sara", { extras: photo(`${path}.gone`) });
    expect(lost).toMatchObject({ kind: "rejected", why: "fileUnreadable" });
  });
});

test("a document arrives under its own name", async () => {
  await withFile(async (path) => {
    await send("ali", {
      extras: {
        attachment: { kind: "document", key: path, open: () => filePieces(path), name: "price list.png" },
      },
    });
    expect(inbox("ali")[0]).toMatchObject({ caption: "Hello", document: { file_name: "price list.png" } });
  });
});
