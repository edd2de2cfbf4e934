import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../../tests/support/engine-bench.ts";
import { createScriptedChannel, lostYes } from "../../../tests/support/scripted/scripted-channel.ts";
import type { ReadBackRequest } from "../../channels/channel.ts";

const buttons = [{ label: "Shop", url: "https://shop.example" }];

test("sends what the message has beside its text, the attachment from the campaign's folder", async () => {
  const channel = createScriptedChannel();
  const { engine, disk, clock } = startProcess({ channel });
  const attachment = { kind: "photo", file: "attachment-1", name: "spring.jpg" } as const;
  const extras = { format: "html", attachment, buttons } as const;
  await engine.start({ ...putCampaign(disk, { names: 1 }), extras });
  await clock.runUntilIdle();
  expect(channel.calls[0]?.extras).toEqual({
    format: "html",
    buttons,
    attachment: { kind: "photo", name: "spring.jpg", key: "spring/attachment-1", open: expect.any(Function) },
  });
});

test("asks about the same message when the answer got lost", async () => {
  const scripted = createScriptedChannel({ manifest: { readsBack: true }, turn: () => lostYes });
  const asked: ReadBackRequest[] = [];
  const channel: typeof scripted = {
    ...scripted,
    readBack(request) {
      asked.push(request);
      return Promise.resolve({ kind: "delivered", messageId: "m" });
    },
  };
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start({ ...putCampaign(disk, { names: 1 }), extras: { buttons } });
  await clock.runUntilIdle();
  expect(asked[0]?.extras).toEqual({ buttons });
});

test("says nothing of extras where there are none", async () => {
  const channel = createScriptedChannel();
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start(putCampaign(disk, { names: 1 }));
  await clock.runUntilIdle();
  expect(channel.calls[0]).not.toHaveProperty("extras");
});
