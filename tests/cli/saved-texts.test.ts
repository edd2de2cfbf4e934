/** Messages saved in the chat, listed and sent by command. */
import { expect, test } from "vitest";
import { putDocument } from "../support/stored.ts";
import { createPlace, objectsOf } from "./peyk-command.ts";

test.each([
  ["en", "C", "No message is saved as Winter. There are: Spring news"],
  ["fa", "fa_IR.UTF-8", "ذخیره نشده است"],
])(
  "a saved text is listed and sent by its name in %s, and a name that is none is said",
  async (_, LC_ALL, said) => {
    await using place = await createPlace({ path: "" }, undefined, { LC_ALL });
    await place.list(2);
    const send = ["send", "--list", "people.txt", "--channel", "simulator", "--task-id", "spring"];
    expect((await place.peyk(...send, "--saved-text", "Spring news")).code).toBe(1);
    const text = {
      name: "Spring news",
      message: "Hello {{username}}",
      extras: {},
      by: "Sara",
      at: Date.UTC(2026, 5, 1),
    };
    await putDocument(place.where, "saved-texts", { version: 1, value: [text] });
    expect((await place.peyk("texts")).out).toContain("Spring news");
    expect(objectsOf(await place.peyk("texts", "--json"))[0]).toMatchObject({
      kind: "text",
      name: "Spring news",
    });
    expect((await place.peyk(...send, "--saved-text", "Winter")).err).toContain(said);
    expect((await place.peyk(...send, "--saved-text", "Spring news", "--message", "Hi")).code).toBe(1);
    expect((await place.peyk(...send, "--saved-text", "spring NEWS")).code).toBe(0);
    expect(await place.stored("spring")).toMatchObject({ message: "Hello {{username}}" });
    expect(await place.delivered()).toHaveLength(2);
  },
);
