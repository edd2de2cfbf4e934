import { expect, test } from "vitest";
import { approvable } from "../approval.ts";
import type { Campaign } from "../campaign.ts";
import { mayMendInto } from "./approved-mend.ts";

const campaign: Campaign = {
  id: "spring",
  createdAt: 1,
  channel: "simulator",
  accounts: [],
  message: "Hi",
  extras: { format: "html", buttons: [{ label: "a", url: "https://a.example" }] },
  lists: [],
  consent: { statement: "they asked", by: "1", at: 1 },
  status: "finished",
};
const approved = { ...campaign, approval: { given: { by: "2", at: 5, of: approvable(campaign) } } };

test("where campaigns are approved, people's messages are mended into the approved text alone", () => {
  const [same, keeps, other] = [
    { text: "Hi", extras: campaign.extras! },
    { text: "Hi", keepsExtras: true },
    { text: "Pay here", keepsExtras: true },
  ] as const;
  expect([same, keeps, other].map((one) => mayMendInto(one, campaign))).toEqual([true, true, true]);
  expect([same, keeps, other].map((one) => mayMendInto(one, approved))).toEqual([true, true, false]);
  expect(mayMendInto({ text: "Hi" }, approved)).toBe(false);
  expect(mayMendInto(same, { ...approved, priority: 7 })).toBe(false);
});

const text = (message: string, language = "fa") => ({ translations: [{ language, message }] });

test("a text in another language is mended into the approved one of that language alone", () => {
  const extras = { ...campaign.extras, ...text("سلام") };
  const several = { ...campaign, extras };
  const seen = { ...several, approval: { given: { by: "2", at: 5, of: approvable(several) } } };
  const may = (given: ReturnType<typeof text>): boolean =>
    mayMendInto({ text: "Hi", keepsExtras: true, extras: given }, seen);
  expect([text("سلام"), text("پول بدهید"), text("سلام", "de")].map(may)).toEqual([true, false, false]);
});
