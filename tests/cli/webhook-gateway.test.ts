/** The gateway of docs/webhook-channel.md, run as it is printed there, in front of the channel it is written for. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createWebhookChannel } from "../../src/channels/webhook/webhook.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createSecret } from "../../src/lib/webhooks/signature.ts";

test("the printed gateway sends each key once, and takes no other's signature, also after a connection broke", async () => {
  const printed = /```js\n([^`]*(?:`[^`]+`[^`]*)*?)```\n/.exec(
    readFileSync("docs/webhook-channel.md", "utf8"),
  );
  const folder = mkdtempSync(join(tmpdir(), "peyk-gateway-"));
  const file = join(folder, "gateway.mjs");
  writeFileSync(file, printed?.[1] ?? "");
  const secret = createSecret();
  const env = { ...process.env, SECRET: secret, PORT: "0" };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  try {
    while (!/port \d+\n/.test(said)) await once(child.stdout, "data");
    const url = `http://127.0.0.1:${/port (\d+)/.exec(said)?.[1]}/`;
    const channel = (secrets: readonly string[]) =>
      createWebhookChannel({
        gateway: {
          url,
          secrets,
          sender: "peyk",
          keepsKeys: true,
          longestMessage: 480,
          accounts: [{ name: "sms", caps: {} }],
        },
        clock: systemClock,
      });
    const to = (username: string, phone: string, secrets = [secret]) =>
      channel(secrets).send(
        {
          account: "sms",
          username,
          text: `Hello ${username}`,
          dedupKey: `spring:${username}`,
          values: { phone },
        },
        new AbortController().signal,
      );
    const first = await to("sara", "+15550100");
    expect(first).toEqual({ kind: "delivered", messageId: expect.stringMatching(/./) });
    expect(await to("sara", "+15550100", [createSecret(), secret])).toEqual(first);
    expect(await to("ali", "unknown")).toMatchObject({ kind: "recipient", state: "notFound" });
    expect(await to("nima", "+15550101", [createSecret()])).toMatchObject({
      kind: "account",
      why: "gatewaySignature",
    });
    await breakOff(url);
    for (const _ of [1, 2, 3]) expect(await to("sara", "+15550100")).toEqual(first);
    expect(said.match(/^to .*$/gm)).toEqual(["to +15550100: Hello sara"]);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});

/** Ends a request in the midst of its body, as whoever is killed does. */
async function breakOff(url: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write("POST / HTTP/1.1\r\nHost: gateway\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n{");
  await once(socket, "data"); // it reads the body by now
  socket.destroy();
  await once(socket, "close");
}
