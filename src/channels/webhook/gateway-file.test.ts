import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGatewayFile } from "./gateway-file.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const whole = {
  url: "https://gateway.example/m?k=hush",
  secret: SECRET,
  keepsKeys: true,
  accounts: [{ name: "sms" }],
};
let path = "";

beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), "peyk-gateway-")), "gateway.json");
});
afterAll(() => rm(join(path, ".."), { recursive: true }));

async function read(content: unknown) {
  await writeFile(path, JSON.stringify(content), { mode: 0o600 });
  return readGatewayFile(path);
}

test("reads a gateway with what is usual", async () => {
  expect(await read(whole)).toEqual({
    url: whole.url,
    secrets: [SECRET],
    sender: "peyk",
    keepsKeys: true,
    longestMessage: 1000,
    accounts: [{ name: "sms", caps: {} }],
  });
  const accounts = [{ name: "sms", perDay: 5 }];
  expect(await read({ ...whole, formerSecret: SECRET, accounts })).toMatchObject({
    secrets: [SECRET, SECRET],
    accounts: [{ name: "sms", caps: { perDay: 5 } }],
  });
  expect(await read({ ...whole, url: "http://127.0.0.1:9000/", mayBeNear: true })).toMatchObject({
    sender: "peyk",
  });
});

test.each([
  [[], "it is no gateway"],
  [{ ...whole, secret: "hush" }, "secret is not whsec_"],
  [{ ...whole, secret: undefined }, "secret is missing"],
  [{ ...whole, keepsKeys: undefined }, "keepsKeys is neither"],
  [{ ...whole, url: "http://gateway.example/hush" }, "url is not https"],
  [{ ...whole, url: "http://127.0.0.1:9000/hush" }, "url is on this machine"],
  [{ ...whole, url: "hush" }, "url is no address"],
  [{ ...whole, accounts: [] }, "accounts names no account"],
  [{ ...whole, accounts: [{ name: "sms" }, { name: "SMS" }] }, "accounts names an account twice"],
  [{ ...whole, accounts: [{ name: "a b" }] }, "accounts 1 name is not"],
  [{ ...whole, accounts: [{ name: "sms", perDay: 0 }] }, "accounts 1 perDay is less"],
  [{ ...whole, hush: 1 }, "none of url, secret"],
])("says what is wrong with %j and quotes nothing of it", async (content, said) => {
  const error = await read(content).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error?.message).toContain(said);
  expect(JSON.stringify(error?.message)).not.toMatch(/hush|MfKQ/);
});
