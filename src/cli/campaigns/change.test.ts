import { describe, expect, test } from "vitest";
import type { ExistingCampaign } from "../../app/drafts/draft.ts";
import { systemClock } from "../../lib/clock.ts";
import type { Words } from "../../words/words.ts";
import { createLexicon } from "../../words/words.ts";
import { keptText, requestFor } from "./change.ts";
import { termsFor } from "./send-terms.ts";

const extras = {
  format: "html",
  attachment: { kind: "photo", file: "file-1", name: "photo.jpg" },
  buttons: [{ label: "Shop", url: "https://example.com" }],
} as const;

const existing: ExistingCampaign = {
  id: "spring",
  channel: "telegram",
  message: "Old",
  extras,
  accounts: [],
  consent: { statement: "They asked.", by: "test", at: 0 },
  columns: [],
  status: "running",
  revision: 0,
  sent: 1,
  left: 2,
  total: 3,
};

function terms(message: string, textOnly: boolean, words: Words, beside?: ExistingCampaign["extras"]) {
  return termsFor(existing, {
    options: { list: "", channel: "telegram", changeMessage: true, textOnly },
    channel: { name: "telegram", reachesPeople: true, maxMessageLength: 4096, accounts: [] },
    message,
    beside,
    words,
  });
}

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  const words = createLexicon({ clock: systemClock, timeZone: "UTC" })[locale];

  test("a text of a command keeps file, buttons and formatting, and says so; alone only when told", () => {
    const by = "command line";
    const kept = requestFor({ id: "spring", revision: 3 }, { text: "New" }, {});
    expect(kept).toEqual({ campaignId: "spring", text: "New", keepsExtras: true, revision: 3, by });
    const said = keptText({ extras }, kept, words);
    for (const part of ["photo.jpg", words.plain("cli-beside-formatting"), "--text-only"])
      expect(said).toContain(part);
    const alone = requestFor({ id: "spring" }, { text: "New" }, { textOnly: true });
    expect(alone).toEqual({ campaignId: "spring", text: "New", revision: 0, by });
    expect([keptText({ extras }, alone, words), keptText({}, kept, words)]).toEqual([undefined, undefined]);
  });

  test("so does another message of a campaign that is sent on", () => {
    expect(terms("Old", false, words)).toMatchObject({ message: "Old", extras, terms: { changes: [] } });
    expect(terms("New", false, words)).toMatchObject({
      message: "New",
      extras,
      terms: { changes: ["message"] },
    });
    expect(terms("Old", true, words)).toMatchObject({ message: "Old", terms: { changes: ["message"] } });
    expect(terms("Old", true, words).extras).toBeUndefined();
    const { attachment } = extras;
    expect(terms("New", false, words, {}).extras).toEqual({ attachment });
    expect(terms("New", true, words, { format: "html" }).extras).toEqual({ format: "html" });
  });
});
