/** Copies and contents are refused where the real server refuses them, and a copy is a message like its original. */
import { expect, test } from "vitest";
import type { Playground } from "../../src/playground/playground.ts";
import { pollOf } from "../../src/playground/api/methods/contents.ts";
import { call, kian, open, sara } from "./open-playground.ts";

const to = { chat_id: sara.id };
const copied = { ...to, from_chat_id: sara.id };

/** Sara wrote, sent a video (2) and an album (3 to 5). */
async function withContents(): Promise<Playground> {
  const playground = await open();
  playground.world.sendText(sara.id, "/start");
  playground.world.sendSample(sara.id, "video");
  playground.world.sendSample(sara.id, "album");
  playground.world.sendContents(sara.id, [{ poll: pollOf("1", "Tea?", ["Yes"], { type: "quiz" }) }]);
  return playground;
}

test("what the real server refuses is refused", async () => {
  const playground = await withContents();
  const rows: readonly [string, object, string][] = [
    ["copyMessage", { ...copied, message_id: 99 }, "message to copy not found"],
    ["copyMessage", { ...copied, message_id: 6 }, "message can't be copied"],
    ["copyMessage", { ...to, from_chat_id: kian.id, message_id: 1 }, "chat not found"],
    ["copyMessage", { ...copied, message_id: 2, caption: "x".repeat(1025) }, "message caption is too long"],
    [
      "copyMessages",
      { ...copied, message_ids: [4, 3] },
      "message identifiers must be in a strictly increasing order",
    ],
    ["copyMessages", { ...copied, message_ids: [] }, "message identifiers are not specified"],
    [
      "copyMessages",
      { ...copied, message_ids: Array.from({ length: 101 }, (_, i) => i + 1) },
      "too many messages to copy",
    ],
    ["sendVideo", to, "there is no video in the request"],
    ["sendLocation", { ...to, latitude: 91, longitude: 0 }, "invalid location specified"],
    [
      "sendPoll",
      { ...to, question: "x".repeat(301), options: [] },
      "poll question length must not exceed 300",
    ],
    [
      "sendPoll",
      { ...to, question: "?", options: [{ text: "a" }], type: "quiz" },
      "wrong correct option ID specified",
    ],
    [
      "sendMediaGroup",
      { ...to, media: [] },
      "wrong number of messages in the album: must be between 2 and 10",
    ],
  ];
  for (const [method, fields, description] of rows)
    expect({ method, ...(await call(playground, method, fields)) }).toMatchObject({
      method,
      ok: false,
      error_code: 400,
      description: `Bad Request: ${description}`,
    });
});

test("a copy holds what the original holds, and an album stays one under a name of its own", async () => {
  const playground = await withContents();
  const answer = await call(playground, "copyMessages", { ...copied, message_ids: [3, 4, 5, 99] });
  expect(answer.result).toHaveLength(3);
  const [first, ...others] = playground.world.messages(sara.id).slice(-3);
  expect(first).toMatchObject({ photo: [{}], from: { is_bot: true } });
  expect(others.every((one) => one.media_group_id === first?.media_group_id)).toBe(true);
  expect(first?.media_group_id).not.toBe(playground.world.messages(sara.id)[2]?.media_group_id);
  const poll = { ...to, question: "Tea?", options: [{ text: "Yes" }] };
  expect(await call(playground, "sendPoll", poll)).toMatchObject({ result: { poll: { type: "regular" } } });
});
