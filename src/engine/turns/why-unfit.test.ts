import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createScriptedChannel } from "../../../tests/support/scripted/scripted-channel.ts";
import { whyUnfit } from "./why-unfit.ts";

test.each([
  ["nothing left of the text", "  ", 5, "messageEmpty"],
  ["one sign more than fits", "123456", 5, "messageTooLong"],
  ["what just fits", "12345", 5, undefined],
])("%s", (_, text, maxMessageLength, why) => {
  const { manifest } = createScriptedChannel({ manifest: { maxMessageLength, maxCaptionLength: 3 } });
  const request = { account: "one", username: "ali", text, dedupKey: "k" };
  expect(whyUnfit(request, manifest)).toBe(why);
});

test("formatting takes no room, and a text beside a picture has its own limit", () => {
  const { manifest } = createScriptedChannel({ manifest: { maxMessageLength: 5, maxCaptionLength: 3 } });
  const request = { account: "one", username: "ali", text: "<b>&lt;234</b>", dedupKey: "k" };
  const attachment = { kind: "photo", key: "p", name: "p.png", open: async function* () {} } as const;
  expect(whyUnfit({ ...request, extras: { format: "html" } }, manifest)).toBeUndefined();
  expect(whyUnfit({ ...request, extras: { format: "html", attachment } }, manifest)).toBe("messageTooLong");
  expect(whyUnfit({ ...request, text: "", extras: { attachment } }, manifest)).toBeUndefined();
});

function textFor({ username }: { readonly username: string }): string {
  return ["p1", "p2", "p3", "p4"].includes(username) ? "far too long" : "hello";
}

test("people whose text can't be sent fail alone, however many, and the others get theirs", async () => {
  const channel = createScriptedChannel({ manifest: { maxMessageLength: 10 } });
  const { engine, disk, clock } = startProcess({ channel, renderer: () => textFor });
  await engine.start(putCampaign(disk, { names: 8 }));
  await clock.runUntilIdle();
  expect(await (await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 4, failed: 4 });
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(channel.calls.map(({ username }) => username)).not.toContain("p1");
});
