/** What `peyk status` says of campaigns that other processes send for. */
import { expect, test } from "vitest";
import type { CampaignView } from "../../app/app.ts";
import type { WorkerView } from "../../app/health/workers.ts";
import { createLexicon } from "../../words/words.ts";
import { createOutput } from "../output.ts";
import { listCampaigns, showCampaign } from "./status.ts";

const lexicon = createLexicon({ timeZone: "UTC", clock: { now: () => 0, sleep: () => Promise.resolve() } });

const viewOf = (id: string, status: "running" | "paused", account: string): CampaignView => ({
  campaign: {
    id,
    createdAt: 0,
    channel: "x",
    accounts: [{ name: account, caps: {} }],
    message: "hello",
    lists: [],
    consent: { statement: "they asked for it", by: "test", at: 0 },
    status,
  },
  counts: { planned: 3, claimed: 0, sent: 0, failed: 0, notFound: 0, refused: 0, uncertain: 0, skipped: 0 },
  imported: 3,
  ratePerSecond: 0,
  resting: [],
});

const views = [
  viewOf("spring", "running", "shop"),
  viewOf("left", "running", "nobody's"),
  viewOf("held", "paused", "shop"),
];
const shared: readonly WorkerView[] = [
  { worker: "alborz", accounts: [{ channel: "x", account: "shop" }], duties: ["replies"] },
  { worker: "zagros", accounts: [{ channel: "telegram", account: "nobody's" }], duties: ["chat"] },
];

async function said(locale: "en" | "fa", workers: readonly WorkerView[] | undefined, id?: string) {
  const words = lexicon[locale];
  const lines: string[] = [];
  const out = { write: (text: string) => lines.push(text.replaceAll(/[\u2066-\u2069]/g, "").trim()) };
  const output = createOutput({ out, err: out, isJson: false, now: () => 0, words });
  const app = {
    campaigns: async () => views.map(({ campaign }) => campaign),
    view: async (asked: string) => views.find(({ campaign }) => campaign.id === asked),
    uncertain: async () => [],
    workers: async () => workers,
  };
  const looked = { app, words };
  const { summary } = await (id === undefined
    ? listCampaigns(looked, output)
    : showCampaign(looked, id, output));
  return { lines, summary };
}

test.each(["en", "fa"] as const)(
  "a campaign is being sent where a process holds one of its accounts, which is named, in %s",
  async (locale) => {
    const plain = (id: string): string => lexicon[locale].plain(id);
    const all = await said(locale, shared);
    expect(all.lines[0]).toContain(plain("status-running"));
    expect(all.lines[1]).toContain(plain("cli-status-running"));
    expect(all.lines[2]).toContain(plain("status-paused"));
    expect(all.lines[3]).toMatch(/^alborz: .*shop/);
    expect(all.lines[3]).toContain(plain("worker-replies"));
    expect(all.lines[4]).toBe(
      `zagros: ${locale === "en" ? "Sends through" : "ارسال با"} nobody's${locale === "en" ? ";" : "؛"} ${plain("worker-chat")}`,
    );
    const one = await said(locale, shared, "spring");
    expect(one.lines[0]).toContain(plain("status-running"));
    expect(one.lines.join("\n")).toMatch(/alborz: .*shop$/m);
    expect(one.summary).toMatchObject({ senders: [{ worker: "alborz", accounts: ["shop"] }] });
    expect((await said(locale, shared, "held")).lines.join("\n")).not.toContain("alborz");
    const alone = await said(locale, undefined);
    expect(alone.lines[0]).toContain(plain("cli-status-running"));
    expect(alone.lines).toHaveLength(views.length);
  },
);
