/** One call at the wire, where the server answers what no Telegram would. */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { plainFetch } from "../../bot/calls/retrying-fetch.ts";
import { callBotApi } from "./bot-api.ts";

const signal = new AbortController().signal;

async function serve(answer: (path: string, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    request.resume();
    answer(request.url ?? "", response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  return { apiRoot: `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`, asked };
}

test.each([301, 302, 303, 307, 308])(
  "a redirection (%i) takes neither the token nor the message along",
  async (status) => {
    const { apiRoot, asked } = await serve((path, response) => {
      if (path === "/elsewhere") response.end('{"ok":true,"result":{"message_id":1}}');
      else response.writeHead(status, { location: "/elsewhere" }).end();
    });
    const outcome = await callBotApi({ token: "1:x", apiRoot }, "sendMessage", { text: "x" }, signal);
    expect(outcome).toEqual({ kind: "unreadable", status });
    expect((await plainFetch(`${apiRoot}/bot1:x/sendMessage`, { method: "POST", body: "{}" })).status).toBe(
      status,
    );
    expect(asked).toEqual(["/bot1:x/sendMessage", "/bot1:x/sendMessage"]);
  },
);

test("an answer without end is no answer, and a long word is cut", async () => {
  const { apiRoot } = await serve((path, response) => {
    if (path.endsWith("/getMe")) {
      const more = (): void => void response.write("x".repeat(100_000));
      response.on("drain", more);
      more();
    } else response.end(JSON.stringify({ ok: false, error_code: 400, description: "y".repeat(1_000_000) }));
  });
  expect(await callBotApi({ token: "1:x", apiRoot }, "getMe", {}, signal)).toMatchObject({
    kind: "unreadable",
  });
  const refused = await callBotApi({ token: "1:x", apiRoot }, "sendMessage", {}, signal);
  expect(JSON.stringify(refused).length).toBeLessThan(1000);
});
