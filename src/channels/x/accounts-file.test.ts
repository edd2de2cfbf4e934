import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAccountsFile } from "./accounts-file.ts";

const keys = {
  apiKey: "ckey1234",
  apiSecret: "csecret1234",
  accessToken: "17-token1234",
  accessSecret: "tsecret1234",
};

let folder = "";
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "peyk-x-"))));
afterEach(() => rm(folder, { recursive: true }));

async function read(content: unknown, mode = 0o600) {
  const path = join(folder, "x-accounts.json");
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  await chmod(path, mode);
  return readAccountsFile(path);
}

/** What is wrong with the file, without its path, and with no key in it. */
async function wrong(content: unknown, mode?: number): Promise<string> {
  const said = await read(content, mode).then(
    () => "nothing",
    (error: Error) => error.message,
  );
  for (const key of Object.values(keys)) expect(said).not.toContain(key);
  return said.replaceAll(folder, "").replaceAll("X_ACCOUNTS_FILE /x-accounts.json: ", "");
}

test("reads names, keys and caps", async () => {
  const accounts = await read([
    { name: "news", ...keys },
    { name: "help", ...keys, accessToken: "18-token", perDay: 40, perHour: 5 },
  ]);
  expect(accounts).toEqual([
    { name: "news", keys, caps: {} },
    { name: "help", keys: { ...keys, accessToken: "18-token" }, caps: { perDay: 40, perHour: 5 } },
  ]);
});

test.skipIf(process.platform === "win32")(
  "refuses a file that others can read, and says what to do",
  async () => {
    for (const mode of [0o640, 0o604, 0o622])
      expect(await wrong([{ name: "news", ...keys }], mode)).toMatch(/others on this machine .+ chmod 600 /);
  },
);

test("refuses a name, or an account, that stands there twice", async () => {
  expect(
    await wrong([
      { name: "news", ...keys },
      { name: "News", ...keys, accessToken: "18-x" },
    ]),
  ).toBe("the name News stands there twice");
  expect(
    await wrong([
      { name: "news", ...keys },
      { name: "other", ...keys, accessToken: "17-y" },
    ]),
  ).toBe("news and other are the same X account");
});

test("says of everything wrong where it is, and shows no key", async () => {
  const { apiSecret, ...rest } = keys;
  expect(apiSecret).toBeDefined();
  expect(await wrong([{ name: "news", ...rest, perDay: 0 }])).toBe(
    "account 1, apiSecret is missing\naccount 1, perDay is less than 1",
  );
  expect(await wrong([{ name: "two words", ...keys }])).toContain("account 1, name is not 1 to 40");
  expect(await wrong([{ name: "news", ...keys, [keys.apiKey]: 1 }])).toBe(
    "account 1 has something that is none of name, apiKey, apiSecret, accessToken, accessSecret, perMinute, perHour, perDay",
  );
  expect(await wrong([])).toBe("it names no account");
  expect(await wrong({ accounts: [] })).toBe("it is no list of accounts: [ { … }, … ]");
  expect(await wrong([keys.apiKey])).toBe("account 1 is no account: { … }");
  expect(await wrong(`{"apiKey": "${keys.apiKey}`)).toBe("it is not JSON");
});

test("says when there is no such file", async () => {
  await expect(readAccountsFile(join(folder, "none.json"))).rejects.toThrow("there is no such file");
  await expect(readAccountsFile(folder)).rejects.toThrow(/it is not a file|can't be read/);
});
