/** The monitoring page in a real Chromium, in both languages. */
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import { addressWithKey } from "../../src/lib/pages/page-door.ts";
import { newPageKey } from "../../src/lib/pages/page-key.ts";
import { listenLocally } from "../../src/lib/pages/local-server.ts";
import { createWeb } from "../../src/web/web.ts";
import type { Locale } from "../../src/words/locale.ts";
import { createFakeApp, type FakeApp } from "../support/fake-app/fake-app.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { afterTest } from "../playground/open-playground.ts";
import { describeInChromium, openPage } from "./chromium.ts";
import { keepScreen } from "./operator.ts";

/** Serves the page of an application in memory on a free port. */
async function servePage(): Promise<{
  readonly app: FakeApp;
  readonly address: string;
  readonly key: string;
}> {
  const clock = createVirtualClock();
  const app = createFakeApp(clock);
  const key = newPageKey();
  afterTest(() => app[Symbol.dispose]());
  const web = createWeb({
    app,
    clock,
    timeZone: "Asia/Tehran",
    defaultLocale: "en",
    hasChat: false,
    key,
    assertHeld: () => undefined,
    withProcessMetrics: false,
  });
  afterTest(() => web[Symbol.dispose]());
  const server = await listenLocally((request) => web.fetch(request), 0);
  afterTest(() => server.close());
  return { app, address: server.address, key };
}

async function openMonitor(browser: Browser, address: string) {
  const page = await openPage(browser, { viewport: { width: 360, height: 640 } });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) complaints.push(`asked ${request.url()}`);
  });
  afterTest(() => page.context().close());
  return { page, complaints };
}

/** Keeps the page in both colour schemes. */
async function keepBoth(page: Page, locale: Locale): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await keepScreen(page, `${locale}-monitor-${colorScheme}`);
  }
}

describeInChromium("the monitoring page", (browser) => {
  test("shows the figures in both languages, follows them by itself, and fits a phone", async () => {
    const { app, address, key } = await servePage();
    app.put("spring", { planned: 60, sent: 40 });
    const { page, complaints } = await openMonitor(browser(), address);
    expect((await fetch(`${address}/monitor`)).status).toBe(401);
    await page.goto(addressWithKey(`${address}/monitor`, key));
    const card = page.locator(".card", { hasText: "spring" });
    await card.getByText("40 of 100 done").waitFor();
    await card.locator(".columns .bar").first().waitFor();
    await card.locator(".account", { hasText: "sim-1" }).getByText("40 sent").waitFor();
    app.put("spring", { planned: 0, sent: 100 }, { status: "finished" });
    await card.getByText("100 of 100 done").waitFor();
    await keepBoth(page, "en");
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    await page.getByRole("link", { name: "فارسی" }).click();
    await card.getByText("۱۰۰ از ۱۰۰ انجام شده").waitFor();
    await keepBoth(page, "fa");
    expect(await page.locator("html[dir=rtl][lang=fa]").count()).toBe(1);
    expect(await page.evaluate(overflow)).toBe(0);
    expect(complaints).toEqual([]);
  });
});
