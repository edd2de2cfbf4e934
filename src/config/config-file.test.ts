/** What a `.env` may say, and secrets where they don't belong. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Environment } from "../config.ts";
import { loadConfig, readConfig } from "../config.ts";
import { plainWords } from "../../tests/support/plain-words.ts";
import { troubleText } from "../words/trouble-text.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "peyk-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function problemsOf(env: Environment): readonly string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems.map((one) => troubleText(one, plainWords));
}

const elsewhere = "https://elsewhere.example";
const botToken = `123456789:${"a".repeat(35)}`;

test.each([
  ["TELEGRAM_API_ROOT", elsewhere, { BOT_TOKEN: botToken, OPERATOR_IDS: "1" }],
  ["X_API_BASE_URL", elsewhere, { X_ACCOUNTS_FILE: "/etc/peyk/x.json" }],
  ["TIKTOK_API_BASE_URL", elsewhere, { TIKTOK_API_KEY: "key" }],
  ["DATABASE_URL", "postgres://elsewhere.example/peyk", { PGPASSWORD: "secret" }],
])("a file may not send secrets of the environment elsewhere by %s", (place, value, env) => {
  const file = join(folder, ".env");
  writeFileSync(file, `${place}=${value}\n`);
  const [secret = ""] = Object.keys(env);
  expect(loadConfig(file, env)).toMatchObject({
    ok: false,
    problems: [{ code: "redirected", with: { setting: place, file, secret } }],
  });
  expect(loadConfig(file, { ...env, [place]: value })).toMatchObject({ ok: true });
  expect(loadConfig(file, {})).toMatchObject({ ok: true });
  const both = Object.entries(env).map(([name, one]) => `${name}=${one}\n`);
  writeFileSync(file, `${place}=${value}\n${both.join("")}`);
  expect(loadConfig(file, {})).toMatchObject({ ok: true });
});

test("a copy of the example file sends nothing anywhere", () => {
  const file = join(folder, ".env");
  writeFileSync(file, readFileSync(join(import.meta.dirname, "../../.env.example")));
  const env = {
    BOT_TOKEN: botToken,
    OPERATOR_IDS: "1",
    X_ACCOUNTS_FILE: "/etc/peyk/x.json",
    TIKTOK_API_KEY: "k",
  };
  expect(loadConfig(file, env)).toMatchObject({ ok: true });
});

test.skipIf(process.platform === "win32")("a file that others can read is said to be", () => {
  const file = join(folder, ".env");
  const note = { code: "settingsOpen", with: { file } };
  for (const [mode, notes] of [
    [0o600, []],
    [0o640, [note]],
    [0o604, [note]],
  ] as const) {
    writeFileSync(file, "WEB_PORT=1\n");
    chmodSync(file, mode);
    expect(loadConfig(file, {})).toMatchObject({ ok: true, notes });
  }
});

test.each([
  ["postgres://peyk:p@ss/w:ord@db.example/peyk", "p@ss/w:ord"],
  ["postgres://peyk:p@ss@db.example:5433/peyk?sslmode=require", "p@ss"],
  ["postgresql://peyk:a%40b%2Fc@db.example/peyk", "a@b/c"],
  ["postgres://peyk:50%off/@db.example/peyk", "50%off/"],
])("the password of %s is read as a whole", (url, password) => {
  const result = readConfig({ DATABASE_URL: url });
  const read = new URL(result.ok ? (result.config.databaseUrl ?? "") : "");
  expect([read.hostname, decodeURIComponent(read.password)]).toEqual(["db.example", password]);
});

test.each([
  "postgres://peyk:p?ss@db.example/peyk",
  "postgres://peyk:p#ss@db.example/peyk",
  "postgres://db.example/peyk?password=p@ss",
  "postgres://peyk:p/ss@/peyk",
])("%s can be read in two ways and is refused without showing a part", (url) => {
  const problems = problemsOf({ DATABASE_URL: url });
  expect(problems).toHaveLength(1);
  expect(problems.join()).not.toMatch(/ss@|p\?ss|p#ss|db\.example/);
});

test.each(["DATA_DIR", "X_ACCOUNTS_FILE"])("a token given as %s is refused and not shown", (name) => {
  for (const secret of [botToken, "xvz1evFS4wEEPTGEFPHBog1AB", "postgres://peyk:secret@db/peyk"]) {
    const problems = problemsOf({ [name]: secret });
    expect(problems).toEqual([`${name}: is a key or an address and no path (not shown)`]);
  }
});
