/** Messages saved in the chat, listed and sent by command. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPlace, objectsOf } from "./peyk-command.ts";

const SAVED_AT = Date.UTC(2026, 0, 1);

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
    await mkdir(join(place.dataDir, "bot"));
    const text = { name: "Spring news", message: "Hello {{username}}", extras: {}, by: "Sara", at: SAVED_AT };
    await place.write("data/bot/saved-texts.json", JSON.stringify({ version: 1, value: [text] }), 0o600);
    expect((await place.peyk("texts")).out).toContain("Spring news");
    expect(objectsOf(await place.peyk("texts", "--json"))[0]).toMatchObject({
      kind: "text",
      name: "Spring news",
    });
    expect((await place.peyk(...send, "--saved-text", "Winter")).err).toContain(said);
    expect((await place.peyk(...send, "--saved-text", "Spring news", "--message", "Hi")).code).toBe(1);
    expect((await place.peyk(...send, "--saved-text", "spring NEWS")).code).toBe(0);
    const stored = await readFile(join(place.dataDir, "campaigns", "spring", "campaign.json"), "utf8");
    expect(JSON.parse(stored).value.message).toBe("Hello {{username}}");
    expect(await place.delivered()).toHaveLength(2);
  },
);
