import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "dotenv";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadConfig, readConfig, variableNames } from "./config.ts";
import { plainWords } from "../tests/support/plain-words.ts";
import { troubleText } from "./words/trouble-text.ts";

const token = `123456:${"a".repeat(35)}`;

function problemsOf(env: Record<string, string>): readonly string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems.map((one) => troubleText(one, plainWords));
}

test("an empty environment gives the defaults", () => {
  const result = readConfig({});
  expect(result).toMatchObject({
    ok: true,
    config: {
      telegramApiRoot: "https://api.telegram.org",
      telegramPaidBroadcast: false,
      telegramLeaveButton: true,
      operatorIds: [],
      dataDir: "data",
      logLevel: "info",
      defaultLocale: "en",
      webPort: 8787,
      isWebPortGiven: false,
      maxPerAccount: 4,
      syncIntervalS: 300,
      retryDelaysMs: [100, 200, 400],
      xApiBaseUrl: "https://api.x.com",
      blueskyApiBaseUrl: "https://public.api.bsky.app",
    },
  });
  expect(result.ok && "tiktok" in result.config).toBe(false);
  expect(result.ok && "xAccountsFile" in result.config).toBe(false);
  expect(result.ok && result.config.timeZone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(result.ok && "botToken" in result.config).toBe(false);
});

test("every variable is read, whatever digits and marks it was copied with", () => {
  const result = readConfig({
    BOT_TOKEN: ` ${token} `,
    TELEGRAM_API_ROOT: "http://127.0.0.1:8081/",
    TELEGRAM_LEAVE_BUTTON: "False",
    TELEGRAM_PAID_BROADCAST: "True",
    OPERATOR_IDS: " ۱۲۳۴۵, \u200e678 ،٩٠ 678 ",
    DATA_DIR: "/var/lib/peyk",
    LOG_LEVEL: "DEBUG",
    DEFAULT_LOCALE: "fa",
    TIME_ZONE: "asia/tehran",
    WEB_PORT: "۰",
    MAX_PER_ACCOUNT: "25",
    DATABASE_URL: "postgres://peyk:p@ss@db.example:5433/peyk?sslmode=require",
    SYNC_INTERVAL: "۶۰",
    RETRY_DELAYS: "0.5، ۲, 4٫25",
    STORE: "Postgres",
    WORKER_NAME: " shop 2 ",
    X_ACCOUNTS_FILE: "/etc/peyk/x-accounts.json",
    X_API_BASE_URL: "http://127.0.0.1:8082/",
    X_ABSENT_AFTER: "90",
    TIKTOK_PROVIDER: "SociaVault",
    TIKTOK_API_BASE_URL: "http://127.0.0.1:8083/",
    TIKTOK_API_KEY: " k/3+y= ",
    COLLECT_CYCLE_MINUTES: "۳۰",
    COLLECT_CYCLE_LEADS: "250",
    BLUESKY_API_BASE_URL: "http://127.0.0.1:8084/",
    BLUESKY_SERVICE_URL: "http://127.0.0.1:8085/",
    BLUESKY_IDENTIFIER: "@Peyk.bsky.social",
    BLUESKY_APP_PASSWORD: "abcd-efgh-ijkl-mn0p",
    POSTS_PER_HASHTAG: "۲۵۰",
  });
  expect(result).toEqual({
    ok: true,
    config: {
      collectCycle: { everyMs: 1_800_000, leads: 250 },
      botToken: token,
      telegramApiRoot: "http://127.0.0.1:8081",
      telegramPaidBroadcast: true,
      telegramLeaveButton: false,
      operatorIds: [12345, 678, 90],
      dataDir: "/var/lib/peyk",
      logLevel: "debug",
      defaultLocale: "fa",
      timeZone: "Asia/Tehran",
      webPort: 0,
      isWebPortGiven: true,
      maxPerAccount: 25,
      store: "postgres",
      databaseUrl: "postgres://peyk:p@ss@db.example:5433/peyk?sslmode=require",
      worker: { wanted: "shop 2", isNumbered: false },
      syncIntervalS: 60,
      retryDelaysMs: [500, 2000, 4250],
      xAccountsFile: "/etc/peyk/x-accounts.json",
      xApiBaseUrl: "http://127.0.0.1:8082",
      xAbsentAfterMs: 90_000,
      tiktok: { provider: "sociavault", baseUrl: "http://127.0.0.1:8083", key: "k/3+y=" },
      blueskyApiBaseUrl: "http://127.0.0.1:8084",
      blueskyLogin: {
        serviceUrl: "http://127.0.0.1:8085",
        identifier: "peyk.bsky.social",
        appPassword: "abcd-efgh-ijkl-mn0p",
      },
      postsPerHashtag: 250,
    },
  });
});

test("a worker is called after its machine, and a name fits into a line", () => {
  expect(readConfig({})).toMatchObject({ config: { worker: { isNumbered: true } } });
  expect(readConfig({ WORKER_NAME: "کارگزار ۲" })).toMatchObject({
    config: { worker: { wanted: "کارگزار ۲" } },
  });
  const wrong = ["-", "two\nlines", "x".repeat(41)].flatMap((name) => problemsOf({ WORKER_NAME: name }));
  expect(wrong).toHaveLength(3);
});

test("whoever keeps everything in PostgreSQL says where that is", () => {
  expect(readConfig({ STORE: "postgres" })).toEqual({ ok: false, problems: [{ code: "storeNoDatabase" }] });
  expect(readConfig({}).ok && readConfig({})).toMatchObject({ config: { store: "files" } });
});

test("the settings can't be changed afterwards", () => {
  const result = readConfig({ OPERATOR_IDS: "1" });
  expect(result.ok && Object.isFrozen(result.config) && Object.isFrozen(result.config.operatorIds)).toBe(
    true,
  );
});

test("an empty or blank value counts as not set", () => {
  const blank = { BOT_TOKEN: "", OPERATOR_IDS: " ", WEB_PORT: "", TIME_ZONE: "", LOG_LEVEL: "  " };
  expect(readConfig(blank)).toEqual(readConfig({}));
});

test("every wrong value is told at once, one line each", () => {
  const problems = problemsOf({
    BOT_TOKEN: "hello",
    TELEGRAM_API_ROOT: "api.telegram.org",
    OPERATOR_IDS: "12a, 7, -100123, 0",
    DATA_DIR: "~/peyk",
    LOG_LEVEL: "loud",
    DEFAULT_LOCALE: "de",
    TIME_ZONE: "Tehran",
    WEB_PORT: "70000",
    MAX_PER_ACCOUNT: "4.5",
    DATABASE_URL: "mysql://peyk:secret@db.example/peyk",
    SYNC_INTERVAL: "0.5",
    RETRY_DELAYS: "0.1, soon",
    X_ACCOUNTS_FILE: "~/x-accounts.json",
    X_API_BASE_URL: "https://key:secret@api.x.com",
  });
  expect(problems).toEqual([
    "BOT_TOKEN: is not a bot token (expected digits, a colon, 35 characters)",
    'TELEGRAM_API_ROOT: "api.telegram.org" is not the address of a server (expected https://host or http://host:port)',
    'OPERATOR_IDS: "12a" is not a Telegram id',
    'OPERATOR_IDS: "-100123" is not a Telegram id',
    'OPERATOR_IDS: "0" is not a Telegram id',
    'DATA_DIR: "~/peyk" starts with ~, which is not expanded here: write the full path',
    'LOG_LEVEL: "loud" is not one of trace, debug, info, warn, error, fatal, silent',
    'DEFAULT_LOCALE: "de" is not one of en, fa',
    'TIME_ZONE: "Tehran" is not a time zone (expected a name like Asia/Tehran)',
    'WEB_PORT: "70000" is not a port (expected 0 to 65535)',
    'MAX_PER_ACCOUNT: "4.5" is not a number of messages (expected a whole number from 1)',
    "DATABASE_URL: is not the address of a database (expected postgres://name:password@host/database)",
    'SYNC_INTERVAL: "0.5" is not a number of seconds (expected a whole number from 1)',
    'RETRY_DELAYS: "soon" is not a wait in seconds (expected a number from 0 to 600)',
    'X_ACCOUNTS_FILE: "~/x-accounts.json" starts with ~, which is not expanded here: write the full path',
    "X_API_BASE_URL: the value (not shown) is not the address of a server (expected https://host or http://host:port)",
  ]);
});

test("a bot without an operator is refused, beside whatever else is wrong", () => {
  expect(problemsOf({ BOT_TOKEN: token })).toEqual([
    "OPERATOR_IDS: is not set, so nobody could control the bot (expected your Telegram id)",
  ]);
  expect(problemsOf({ BOT_TOKEN: token, WEB_PORT: "x" })).toHaveLength(2);
  expect(problemsOf({ BOT_TOKEN: token, OPERATOR_IDS: "7" })).toEqual([]);
});

test("a TikTok provider is checked, and is nothing without a key", () => {
  expect(readConfig({ TIKTOK_PROVIDER: "ensembledata" })).toEqual(readConfig({}));
  expect(readConfig({ TIKTOK_API_KEY: "k" })).toMatchObject({
    config: { tiktok: { provider: "scrapecreators", key: "k" } },
  });
  const wrong = { TIKTOK_PROVIDER: "apify", TIKTOK_API_KEY: "کلید", BLUESKY_API_BASE_URL: "bsky.app" };
  expect(problemsOf(wrong)).toEqual([
    'TIKTOK_PROVIDER: "apify" is not one of scrapecreators, ensembledata, sociavault',
    "TIKTOK_API_KEY: is not a key (expected Latin letters, digits and signs, without blanks)",
    'BLUESKY_API_BASE_URL: "bsky.app" is not the address of a server (expected https://host or http://host:port)',
  ]);
});

test("a secret is never shown, in whichever variable it was put", () => {
  const secrets = [token, `${token}x`, token.slice(7), `${"s".repeat(35)}:${"a".repeat(35)}`];
  const names = [
    "BOT_TOKEN",
    "OPERATOR_IDS",
    "TELEGRAM_API_ROOT",
    "LOG_LEVEL",
    "TIME_ZONE",
    "WEB_PORT",
    "X_API_BASE_URL",
    "DATABASE_URL",
    "SYNC_INTERVAL",
    "RETRY_DELAYS",
  ];
  for (const name of names) {
    for (const secret of secrets) expect(problemsOf({ [name]: secret }).join()).not.toContain("aaaaaaaaaa");
  }
  expect(problemsOf({ TELEGRAM_API_ROOT: "https://ali:pass@example.org" }).join()).not.toContain("pass@");
});

test("no value at all makes it throw or show a line break", () => {
  const names = [
    "BOT_TOKEN",
    "OPERATOR_IDS",
    "TELEGRAM_API_ROOT",
    "TIME_ZONE",
    "WEB_PORT",
    "MAX_PER_ACCOUNT",
  ];
  const text = fc.string({ unit: fc.oneof(fc.constantFrom("\n", "1", ":", ","), fc.string()) });
  fc.assert(
    fc.property(fc.constantFrom(...names), text, (name, value) => {
      expect(problemsOf({ [name]: value }).every((line) => !line.includes("\n"))).toBe(true);
    }),
  );
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "peyk-config-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the environment goes before the file, and a file need not exist", () => {
  const file = join(folder, ".env");
  for (const name of ["BOT_TOKEN", "WEB_PORT", "LOG_LEVEL", "MAX_PER_ACCOUNT"]) vi.stubEnv(name, undefined);
  expect(loadConfig(file)).toMatchObject({ ok: true, config: { webPort: 8787 } });
  writeFileSync(file, "\uFEFFWEB_PORT=1\nLOG_LEVEL=warn # quiet\nMAX_PER_ACCOUNT='9'\n");
  vi.stubEnv("WEB_PORT", "2");
  vi.stubEnv("MAX_PER_ACCOUNT", "");
  expect(loadConfig(file)).toMatchObject({
    ok: true,
    config: { webPort: 2, logLevel: "warn", maxPerAccount: 4 },
  });
});

test("a file that can't be read is a problem, not a default", () => {
  mkdirSync(join(folder, "folder"));
  writeFileSync(join(folder, "utf16"), Buffer.from("WEB_PORT=1\n", "utf16le"));
  expect(loadConfig(join(folder, "folder"))).toMatchObject({
    ok: false,
    problems: [{ code: "settingsUnreadable", with: { system: "EISDIR" } }],
  });
  expect(loadConfig(join(folder, "utf16"))).toMatchObject({
    ok: false,
    problems: [{ code: "settingsNotUtf8" }],
  });
});

test("the example file names every variable with its default", () => {
  const example = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8");
  expect(readConfig(parse(example))).toEqual(readConfig({}));
  expect(Object.keys(parse(example)).toSorted()).toEqual([...variableNames].toSorted());
});
