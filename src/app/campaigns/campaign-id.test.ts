import { describe, expect, test } from "vitest";
import type { Campaign } from "../../domain/campaign.ts";
import { campaignMeant, nameCampaign } from "./campaign-id.ts";

const among = (...ids: string[]) => ({ spellings: async () => ids });

describe("what a task id names", () => {
  test("is the spelling in use, whatever case was given", async () => {
    expect(await nameCampaign(among("Spring"), "sPRING")).toEqual({ ok: true, id: "Spring" });
    expect(await nameCampaign(among(), "sPRING")).toEqual({ ok: true, id: "sPRING" });
  });

  test("is not guessed where two spellings exist, not even for one of them", async () => {
    const ids = ["Spring", "spring"];
    expect(await nameCampaign(among(...ids), "spring")).toEqual({ ok: false, problem: "twoSpellings", ids });
  });

  const devices = "CON nul Prn aux COM1 com9 LPT1 lpt0 COM0 con.txt NUL.2026.x lpt3. COM5.a".split(" ");
  test.each(devices)("is nothing for %s, which Windows takes for a device", async (id) => {
    expect(await nameCampaign(among(), id)).toMatchObject({ ok: false, problem: "device" });
  });

  test.each(["spring.", "a.", "conn", "com", "com10", "lpt", "nul-1", "aux_2", "console", "com1-a"])(
    "keeps %s apart from a device",
    async (id) => {
      const isDotted = id.endsWith(".");
      expect(await nameCampaign(among(), id)).toMatchObject(
        isDotted ? { ok: false, problem: "dotAtEnd" } : { ok: true, id },
      );
    },
  );

  test.each(["COM¹", "۱۴۰۵", "spring news", "ſpring", "İstanbul", "\u212Aevin", ""])(
    "is none for %j",
    async (id) => {
      expect(await nameCampaign(among(), id)).toMatchObject({ ok: false, problem: "badTaskId" });
    },
  );

  test("stays what it was for a campaign that has such a name already", async () => {
    expect(await nameCampaign(among("con"), "CON")).toEqual({ ok: true, id: "con" });
  });
});

test("a campaign is found by its very spelling first, and by no other where two would do", () => {
  expect(campaignMeant(named("Spring", "spring"), "spring")?.id).toBe("spring");
  expect(campaignMeant(named("Spring", "spring"), "SPRING")).toBeUndefined();
  expect(campaignMeant(named("Spring"), "SPRING")?.id).toBe("Spring");
});

function named(...ids: string[]): Campaign[] {
  return ids.map((id) => ({
    id,
    createdAt: 0,
    channel: "simulator",
    accounts: [],
    message: "Hi",
    lists: [],
    consent: { statement: "", by: "", at: 0 },
    status: "running",
  }));
}
