/** The Chromium that browser tests drive. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

const places = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium"];

/** Where Chromium is, if anywhere: `CHROMIUM_PATH`, else Debian's place. */
const chromiumPath: string | undefined = places.find((path) => path !== undefined && existsSync(path));

/** Says what a skipped suite is missing; empty when nothing is. */
const whySkipped = chromiumPath === undefined ? " (skipped: no Chromium; set CHROMIUM_PATH)" : "";

/** A suite whose tests share a Chromium; skipped, and said so, where there is none. */
export function describeInChromium(title: string, suite: (browser: () => Browser) => void): void {
  describe.skipIf(chromiumPath === undefined)(`${title}${whySkipped}`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser.close());
    suite(() => browser);
  });
}

/** Opens a page of a profile of its own; waits on it are bounded only for what hangs. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

/** Starts a Chromium without a window that asks nothing of the network by itself. */
function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
  });
}
