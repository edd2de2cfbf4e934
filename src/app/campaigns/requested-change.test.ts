import { expect, test } from "vitest";
import type { ChannelManifest } from "../../channels/channel.ts";
import type { CampaignExtras } from "../../domain/campaign.ts";
import { changeOf, problemWith } from "./requested-change.ts";

const extras: CampaignExtras = {
  format: "html",
  attachment: { kind: "photo", file: "file-1", name: "photo.jpg" },
  buttons: [{ label: "Shop", url: "https://example.com" }],
};
const manifest: ChannelManifest = {
  name: "scripted",
  reachesPeople: true,
  maxMessageLength: 100,
  maxCaptionLength: 10,
  looksUp: false,
  honoursDedupKey: false,
  readsBack: false,
  publishedLimits: [],
  extras: { formatting: true, attachments: true, buttons: true },
};
const keeping = (text: string) => ({ message: { text, keepsExtras: true as const }, by: "test" });

test("a text alone keeps what the campaign sends with it at that moment, and drops it only on purpose", () => {
  expect(changeOf({ extras }, keeping("New"), undefined)).toEqual({ message: { text: "New", extras } });
  expect(changeOf({}, keeping("New"), undefined)).toEqual({ message: { text: "New" } });
  expect(changeOf({ extras }, { message: { text: "New" }, by: "test" }, undefined)).toEqual({
    message: { text: "New" },
  });
});

test("a text that keeps the file has no more room than a caption, and its tags don't count", () => {
  const campaign = { lists: [], extras };
  expect(problemWith(manifest, campaign, keeping("<b>ten chars</b>"))).toBeUndefined();
  expect(problemWith(manifest, campaign, keeping("eleven chars"))).toMatchObject({
    problems: [{ problem: "tooLong", length: 12, max: 10 }],
  });
  expect(problemWith(manifest, campaign, { message: { text: "eleven chars" }, by: "test" })).toBeUndefined();
});
