import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { createScriptedChannel } from "../../tests/support/scripted-channel.ts";
import { textFault } from "./text-fault.ts";

test.each([
  ["nothing left of the text", "  ", 5, "the message is empty"],
  ["one sign more than fits", "123456", 5, "the message is too long"],
  ["what just fits", "12345", 5, undefined],
])("%s", (_, text, maxMessageLength, why) => {
  const { manifest } = createScriptedChannel({ manifest: { maxMessageLength, maxCaptionLength: 3 } });
  const request = { account: "one", username: "ali", text, dedupKey: "k" };
  expect(textFault(request, manifest)?.why).toBe(why);
});

test("formatting takes no room, and a text beside a picture has its own limit", () => {
  const { manifest } = createScriptedChannel({ manifest: { maxMessageLength: 5, maxCaptionLength: 3 } });
  const request = { account: "one", username: "ali", text: "<b>&lt;234</b>", dedupKey: "k" };
  const attachment = { kind: "photo", path: "p.png", name: "p.png" } as const;
  expect(textFault({ ...request, extras: { format: "html" } }, manifest)).toBeUndefined();
  expect(textFault({ ...request, extras: { format: "html", attachment } }, manifest)?.kind).toBe("doubtful");
  expect(textFault({ ...request, text: "", extras: { attachment } }, manifest)).toBeUndefined();
});

function textFor({ username }: { readonly username: string }): string {
  return username === "p1" ? "far too long" : "hello";
}

test("one person whose text can't be sent fails alone, and the others get theirs", async () => {
  const channel = createScriptedChannel({ manifest: { maxMessageLength: 10 } });
  const { engine, disk, clock } = startProcess({ channel, renderer: () => textFor });
  await engine.start(putCampaign(disk, { names: 4 }));
  await clock.runUntilIdle();
  expect((await engine.find("spring"))?.ledger.counts()).toMatchObject({ sent: 3, failed: 1 });
  expect(disk.campaigns.get("spring")?.status).toBe("finished");
  expect(channel.calls.map(({ username }) => username)).not.toContain("p1");
});
