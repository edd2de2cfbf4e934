/** The chat page in a real Chromium, driven like a person drives it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { newPageKey } from "../../src/lib/pages/page-key.ts";
import { openPlayground, type Playground } from "../../src/playground/playground.ts";
import { afterTest, kian, nima, open, sara, temporaryFolder } from "../playground/open-playground.ts";
import { describeInChromium, openPage } from "./chromium.ts";
import { type ScriptedBot, startScriptedBot } from "./scripted-bot.ts";

let browser: Browser;

/** Opens the page; anything the browser complains about fails the test. */
async function visit(playground: Playground, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1100, height: 720 }, ...options });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 401/.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(playground.apiRoot)) complaints.push(`asked ${request.url()}`);
  });
  afterTest(async () => {
    await page.context().close();
    expect(complaints.filter((text) => !text.includes("ERR_"))).toEqual([]);
  });
  await page.goto(playground.pageUrl);
  await page.locator("#app").waitFor();
  return page;
}

function startBot(playground: Playground): ScriptedBot {
  const bot = startScriptedBot(playground);
  afterTest(() => bot.stop());
  return bot;
}

/** Presses Start and waits for the bot's greeting. */
async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start" }).click();
  await page.locator(".in", { hasText: "Welcome" }).waitFor();
}

/** Hands the page a file as the clipboard or the mouse would. */
async function hand(page: Page, event: "paste" | "drop", name: string): Promise<void> {
  await page.evaluate(`(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(["username\\nali\\n"], ${JSON.stringify(name)}, { type: "text/csv" }));
    const event = ${JSON.stringify(event)} === "paste"
      ? new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: carried })
      : new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried });
    document.getElementById("text").dispatchEvent(event);
  })()`);
}

const write = (page: Page): ReturnType<Page["locator"]> => page.locator("#text");

describeInChromium("the chat page", (shared) => {
  beforeAll(() => {
    browser = shared();
  });

  test("a newcomer presses Start, writes with Enter, and breaks lines with Shift+Enter", async () => {
    const playground = await open();
    startBot(playground);
    const page = await visit(playground);
    expect(await write(page).isVisible()).toBe(false);
    await begin(page);
    await write(page).fill("one");
    await write(page).press("Shift+Enter");
    await write(page).pressSequentially("two");
    await write(page).press("Enter");
    await write(page).press("Enter");
    await playground.world.waitFor(sara.id, (one) => one.from?.id !== sara.id && one.text === "one\ntwo");
    expect(playground.world.messages(sara.id).filter((one) => one.text === "one\ntwo")).toHaveLength(2);
    await page.locator(".in .text", { hasText: "two" }).waitFor();
    expect(await write(page).inputValue()).toBe("");
    await page.locator(".in", { hasText: "Welcome" }).getByRole("button", { name: "Reply" }).click();
    await page.locator("#replying", { hasText: "Welcome" }).waitFor();
    await write(page).fill("an answer");
    await write(page).press("Enter");
    await page.locator(".out .quoted", { hasText: "Welcome" }).waitFor();
    expect(await page.locator("#replying").isVisible()).toBe(false);
    const { reply_to_message: quoted } = await playground.world.waitFor(
      sara.id,
      (one) => one.text === "an answer",
    );
    expect(quoted?.text).toContain("Welcome");
  });

  test("a button spins until the bot answers; the answer shows as a notice or an alert; the edit stays in its place", async () => {
    const playground = await open();
    startBot(playground);
    const page = await visit(playground);
    await begin(page);
    await page.getByRole("button", { name: "Silent" }).click();
    await page.locator('.key[aria-busy="true"]', { hasText: "Silent" }).waitFor();
    const item = await page.locator(".message.in").first().elementHandle();
    await page.getByRole("button", { name: "Count", exact: true }).click();
    await page.locator(".toast", { hasText: "Answer to count" }).waitFor();
    await page.locator(".in", { hasText: "Counted 1" }).waitFor();
    expect(await item?.textContent()).toContain("Counted 1");
    expect(await item?.textContent()).toContain("edited");
    expect(await page.locator('.key[aria-busy="true"]').allTextContents()).toEqual(["Silent"]);
    expect(await page.locator(":focus").textContent()).toBe("Count");
    await page.getByRole("button", { name: "Alert" }).click();
    await page.getByRole("dialog").getByText("Answer to alert").waitFor();
    await page.getByRole("button", { name: "OK" }).click();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("commands are clickable in a text, listed by the menu, and completed while typing", async () => {
    const playground = await open();
    const bot = startBot(playground);
    const commands = ["new", "status", "stop"].map((command) => ({ command, description: `To ${command}` }));
    await bot.call("setMyCommands", { commands });
    const page = await visit(playground);
    await begin(page);
    await page.locator(".in").getByRole("button", { name: "/count" }).click();
    await playground.world.waitFor(sara.id, (one) => one.text === "/count" && one.from?.id === sara.id);
    await write(page).fill("/st");
    expect(await page.getByRole("option").allTextContents()).toEqual(["/statusTo status", "/stopTo stop"]);
    await write(page).press("Enter");
    await playground.world.waitFor(sara.id, (one) => one.text === "/st" && one.from?.id === sara.id);
    await write(page).fill("/st");
    await write(page).press("ArrowUp");
    await write(page).press("Enter");
    await playground.world.waitFor(sara.id, (one) => one.text === "/stop" && one.from?.id === sara.id);
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("option", { name: "/new" }).click();
    await playground.world.waitFor(sara.id, (one) => one.text === "/new" && one.from?.id === sara.id);
  });

  test("files go by button, by paste, by drop and one tap away, and come back as they were", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "sample.csv");
    await writeFile(path, "username\nali\n");
    const samples = [{ name: "sample-list.csv", title: { en: "Sample list", fa: "فهرست نمونه" }, path }];
    const playground = await open({ samples });
    startBot(playground);
    const page = await visit(playground);
    await begin(page);
    const returned = (name: string): Promise<unknown> =>
      playground.world.waitFor(
        sara.id,
        (one) => one.caption === "Your file" && one.document?.file_name === name,
      );
    await page
      .locator("#file")
      .setInputFiles({ name: "لیست.csv", mimeType: "text/csv", buffer: Buffer.from("نام\nali\n") });
    await returned("لیست.csv");
    await page.getByRole("button", { name: "Sample list" }).click();
    await returned("sample-list.csv");
    await hand(page, "paste", "pasted.csv");
    await returned("pasted.csv");
    await hand(page, "drop", "dropped.csv");
    await returned("dropped.csv");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download: لیست.csv" }).last().click();
    expect((await download).suggestedFilename()).toBe("لیست.csv");
  });

  test("every person has their own chat, language and unread marks", async () => {
    const playground = await open();
    const bot = startBot(playground);
    const page = await visit(playground);
    await begin(page);
    playground.world.sendText(nima.id, "/start");
    const person = (name: string): ReturnType<Page["locator"]> => page.locator(".person", { hasText: name });
    await person(nima.firstName).locator(".badge", { hasText: "1" }).waitFor();
    await person(nima.firstName).click();
    expect(await page.locator("html[dir=rtl][lang=fa]").count()).toBe(1);
    await bot.call("sendMessage", { chat_id: nima.id, text: "سلام @ali_reza\nhello" });
    await page.locator(".in", { hasText: "سلام" }).waitFor();
    const right = await page.evaluate(`(() => {
      const text = [...document.querySelectorAll(".in .text")].at(-1);
      const range = document.createRange();
      range.setStart(text.firstChild, 0);
      range.setEnd(text.firstChild, 4);
      return text.getBoundingClientRect().right - range.getBoundingClientRect().right;
    })()`);
    expect(right).toBeLessThan(3);
    await page.evaluate("document.fonts.ready");
    expect(await page.evaluate('document.fonts.check("16px Vazirmatn", "سلام")')).toBe(true);
    expect(await person(nima.firstName).locator(".badge").isVisible()).toBe(false);
    await person(kian.firstName).click();
    expect(await page.locator("html[dir=ltr][lang=en]").count()).toBe(1);
    expect(await page.locator(".message").count()).toBe(0);
  });

  test("goes on by itself when the process was killed and started again", async () => {
    const folder = await temporaryFolder();
    const options = {
      persons: [sara, nima],
      clock: systemClock,
      stateFile: join(folder, "world.jsonl"),
      key: newPageKey(),
    };
    const before = await openPlayground({ ...options, port: 0 });
    const port = Number(new URL(before.apiRoot).port);
    before.world.sendText(sara.id, "/start");
    const page = await visit(before);
    await write(page).fill("unsent");
    await before[Symbol.asyncDispose]();
    await page.getByText("Peyk is not running").waitFor();
    await write(page).press("Enter");
    await page.getByText("Not sent").waitFor();
    await expect.poll(() => write(page).inputValue()).toBe("unsent");
    const after = await open({ ...options, port });
    await page.getByText("Peyk is not running").waitFor({ state: "hidden" });
    await write(page).press("Enter");
    await after.world.waitFor(sara.id, (one) => one.text === "unsent");
    await page.locator(".out", { hasText: "unsent" }).waitFor();
    expect(await page.locator(".message").count()).toBe(2);
  });

  test("takes the key out of the address bar, and says what to do when it is no longer the right one", async () => {
    const options = { persons: [sara, nima], clock: systemClock, limits: "off" as const };
    const before = await openPlayground({ ...options, port: 0 });
    const page = await visit(before);
    expect(page.url()).toBe(`${before.apiRoot}/`);
    await page.reload();
    await page.locator("#app").waitFor();
    await before[Symbol.asyncDispose]();
    const after = await open({ ...options, port: Number(new URL(before.apiRoot).port) });
    await page.getByText("the address that Peyk printed").waitFor();
    await page.getByText("پیک را متوقف کنید").waitFor();
    await page.goto(after.pageUrl);
    await page.locator("#app").waitFor();
  });

  test("stays where the person scrolled to, and at the end otherwise, whatever arrives or is edited", async () => {
    const playground = await open();
    const bot = startBot(playground);
    playground.world.sendText(sara.id, "/start");
    for (let line = 0; line < 40; line += 1)
      await bot.call("sendMessage", { chat_id: sara.id, text: `Line ${line}` });
    const page = await visit(playground);
    const place = (): Promise<number[]> =>
      page
        .locator("#scroller")
        .evaluate((one) => [one.scrollTop, one.scrollHeight - one.scrollTop - one.clientHeight]);
    await expect.poll(async () => (await place())[1]).toBeLessThan(2);
    await bot.call("sendMessage", { chat_id: sara.id, text: "newest" });
    await page.locator(".in", { hasText: "newest" }).waitFor();
    await expect.poll(async () => (await place())[1]).toBeLessThan(2);
    await page.locator("#scroller").evaluate((one) => one.scrollTo(0, 300));
    await page.getByRole("button", { name: "Newest messages" }).waitFor();
    const seen = page.getByText("Line 12", { exact: true });
    const top = (await seen.boundingBox())?.y;
    await bot.call("editMessageText", { chat_id: sara.id, message_id: 3, text: "Line 0\nis\nlonger\nnow" });
    await bot.call("sendMessage", { chat_id: sara.id, text: "below" });
    await page.locator("#below", { hasText: "1" }).waitFor();
    expect((await seen.boundingBox())?.y).toBe(top);
  });

  test("shows what a bot writes as text, never as a page", async () => {
    const playground = await open();
    const bot = startBot(playground);
    const page = await visit(playground);
    await begin(page);
    const text = '<img src=x onerror="document.title=1"> <a href="javascript:alert(1)">x</a>';
    const entities = [{ type: "text_link", offset: 0, length: 4, url: "javascript:alert(1)" }];
    await bot.call("sendMessage", { chat_id: sara.id, text, entities });
    await page.locator(".in", { hasText: "onerror" }).waitFor();
    expect(await page.locator(".in .text").last().textContent()).toBe(text);
    expect(await page.locator('.messages img, .messages a[href^="javascript"]').count()).toBe(0);
  });

  test("fits a phone of 360 pixels in both directions, with the people one tap away", async () => {
    const playground = await open();
    startBot(playground);
    const page = await visit(playground, { viewport: { width: 360, height: 640 }, hasTouch: true });
    await begin(page);
    await write(page).fill(`${"x".repeat(300)} https://example.com/${"y".repeat(200)}`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".in", { hasText: "xxx" }).waitFor();
    const overflow = (): Promise<unknown> =>
      page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(await overflow()).toBe(0);
    await page.getByRole("button", { name: "Switch person" }).click();
    await page.locator(".person", { hasText: nima.firstName }).click();
    await page.getByRole("button", { name: "شروع" }).click();
    await page.locator(".in", { hasText: "Welcome" }).waitFor();
    expect(await overflow()).toBe(0);
  });

  test("remembers the chosen theme", async () => {
    const playground = await open();
    const page = await visit(playground, { colorScheme: "light" });
    const ground = (): Promise<unknown> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await ground();
    await page.getByRole("button", { name: "Theme: as the system" }).click();
    await page.getByRole("button", { name: "Theme: light" }).click();
    await page.getByRole("button", { name: "Theme: dark" }).waitFor();
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.getByRole("button", { name: "Theme: dark" }).waitFor();
    expect(await ground()).not.toBe(light);
  });
});
