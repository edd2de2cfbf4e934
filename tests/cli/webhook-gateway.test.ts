/** The gateway of docs/webhook-channel.md, run as it is printed there, in front of the channel it is written for. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { createWebhookChannel } from "../../src/channels/webhook/webhook.ts";
import type { Answer } from "../../src/domain/fault.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createSecret } from "../../src/lib/webhooks/signature.ts";

/** The one thing that is not printed: who is asked to send leaves a line, and takes its time. */
const sms = `import { appendFile } from "node:fs/promises";
export async function sendSms({ text, values }) {
  await appendFile("sms.txt", values.phone + ": " + text + "\\n");
  if (values.phone === "slow") await new Promise(() => setInterval(() => {}, 1000));
  return "sms-" + values.phone;
}`;

const printed = (
  /```js\n([^]*?)```\n/.exec(readFileSync("docs/webhook-channel.md", "utf8"))?.[1] ?? ""
).trim();

test("the printed gateway has ten lines beside what it imports", () => {
  const lines = printed.split("\n").filter((line) => line !== "" && !line.startsWith("import "));
  expect(lines).toHaveLength(10);
});

test("the printed gateway sends each key once, also after a kill, and takes no other's signature", async () => {
  const folder = mkdtempSync(join(tmpdir(), "peyk-gateway-"));
  writeFileSync(join(folder, "gateway.mjs"), printed);
  writeFileSync(join(folder, "sms.mjs"), sms);
  mkdirSync(join(folder, "sent"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  const secret = createSecret();
  const port = await freePort();
  const begin = () => {
    const env = { ...process.env, SECRET: secret, PORT: String(port) };
    return spawn(process.execPath, ["gateway.mjs"], { cwd: folder, env, stdio: "inherit" });
  };
  let child = begin();
  const url = `http://127.0.0.1:${port}/`;
  const to = async (username: string, phone: string, secrets = [secret]): Promise<Answer> => {
    for (;;) {
      const answer = await sendTo(url, secrets, { username, phone });
      if (answer.kind !== "unavailable") return answer;
      await wait(50); // it is not up yet
    }
  };
  try {
    const first = { kind: "delivered", messageId: "sms-1" };
    expect(await to("sara", "1")).toEqual(first);
    expect(await to("sara", "1", [createSecret(), secret])).toEqual(first);
    expect(await to("nima", "2", [createSecret()])).toMatchObject({
      kind: "account",
      why: "gatewaySignature",
    });
    await breakOff(url);
    expect(await to("sara", "1")).toEqual(first);
    const cut = to("omid", "slow");
    while (!readFileSync(join(folder, "sms.txt"), "utf8").includes("slow")) await wait(20);
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
    expect(await cut).toMatchObject({ kind: "uncertain" });
    child = begin();
    expect(await to("sara", "1")).toEqual(first);
    expect(await to("omid", "slow")).toEqual({ kind: "uncertain", why: "gatewayNoId" });
    expect(readFileSync(join(folder, "sms.txt"), "utf8")).toBe("1: Hello sara\nslow: Hello omid\n");
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});

function sendTo(
  url: string,
  secrets: readonly string[],
  { username, phone }: { readonly username: string; readonly phone: string },
): Promise<Answer> {
  const accounts = [{ name: "sms", caps: {} }];
  const gateway = { url, secrets, sender: "peyk", keepsKeys: true, longestMessage: 480, accounts };
  const text = `Hello ${username}`;
  const request = { account: "sms", username, text, dedupKey: `spring:${username}`, values: { phone } };
  return createWebhookChannel({ gateway, clock: systemClock }).send(request, new AbortController().signal);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Ends a request in the midst of its body, as whoever is killed does. */
async function breakOff(url: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write("POST / HTTP/1.1\r\nHost: gateway\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n{");
  await once(socket, "data"); // it reads the body by now
  socket.destroy();
  await once(socket, "close");
}
