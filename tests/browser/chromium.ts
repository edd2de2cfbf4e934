/** The Chromium that browser tests drive. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium"];

/** Where Chromium is, if anywhere: `CHROMIUM_PATH`, else Debian's place. */
export const chromiumPath: string | undefined = places.find((path) => path !== undefined && existsSync(path));

/** Says what a skipped suite is missing; empty when nothing is. */
export const whySkipped = chromiumPath === undefined ? " (skipped: no Chromium; set CHROMIUM_PATH)" : "";

/** Starts a Chromium without a window that asks nothing of the network by itself. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("There is no Chromium; set CHROMIUM_PATH");
  return chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
  });
}
