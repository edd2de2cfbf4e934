/** Looks into what a Peyk keeps and changes it behind its back, whichever store it has: also where no test runs. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DOCUMENT } from "../../src/storage/postgres/chat/chat-sql.ts";
import { askOnce } from "./postgres/ask-once.ts";

export type Settings = Readonly<Record<string, string>>;

export interface Where {
  readonly dataDir: string;
  /** What the program is told of a store of its own; nothing where all of it lies in the data folder. */
  readonly own: Settings;
}

type Stored = Record<string, unknown>;

const PUT_DOCUMENT = `
insert into peyk.documents (kind, name, value) values ('bot', $1, $2)
on conflict (kind, name) do update set value = excluded.value`;

const documentSchema = z.looseObject({ value: z.record(z.string(), z.unknown()) });

/** A campaign as it is stored. */
export async function storedCampaign({ dataDir, own }: Where, id: string): Promise<Stored> {
  const { DATABASE_URL: url } = own;
  if (url === undefined) return (await readCampaign(dataDir, id)).value;
  const [row] = await askOnce(url, "select document from peyk.campaigns where id = $1", [id]);
  return z.record(z.string(), z.unknown()).parse(row?.["document"]);
}

/** Puts another in its place. */
export async function putCampaign(
  { dataDir, own }: Where,
  id: string,
  to: (from: Stored) => object,
): Promise<void> {
  const { DATABASE_URL: url } = own;
  const made = to(await storedCampaign({ dataDir, own }, id));
  if (url !== undefined)
    return void (await askOnce(url, "update peyk.campaigns set document = $2 where id = $1", [id, made]));
  const document = { ...(await readCampaign(dataDir, id)), value: made };
  await writeFile(campaignFile(dataDir, id), JSON.stringify(document));
}

async function readCampaign(dataDir: string, id: string) {
  return documentSchema.parse(JSON.parse(await readFile(campaignFile(dataDir, id), "utf8")));
}

function campaignFile(dataDir: string, id: string): string {
  return join(dataDir, "campaigns", id, "campaign.json");
}

/** Accounts on X whose limits it has learned from X's answers. */
export async function knownXLimits({ dataDir, own }: Where): Promise<readonly string[]> {
  const { DATABASE_URL: url } = own;
  if (url !== undefined) {
    const rows = await askOnce(url, "select name from peyk.documents where kind = 'x-limits'");
    return rows.map(({ name }) => String(name));
  }
  const text = await readFile(join(dataDir, "x-limits.json"), "utf8").catch(() => undefined);
  return text === undefined ? [] : Object.keys(documentSchema.parse(JSON.parse(text)).value);
}

/** A document of the bot as it is stored. */
export async function storedDocument({ dataDir, own }: Where, name: string): Promise<unknown> {
  const { DATABASE_URL: url } = own;
  if (url === undefined)
    return JSON.parse(await readFile(join(dataDir, "bot", `${name}.json`), "utf8").catch(() => "null"));
  return (await askOnce(url, DOCUMENT, [name]))[0]?.["value"];
}

/** Puts another in its place, or the first. */
export async function putDocument({ dataDir, own }: Where, name: string, stored: object): Promise<void> {
  const { DATABASE_URL: url } = own;
  if (url !== undefined) return void (await askOnce(url, PUT_DOCUMENT, [name, stored]));
  await mkdir(join(dataDir, "bot"), { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, "bot", `${name}.json`), JSON.stringify(stored), { mode: 0o600 });
}

/** Whether somebody is on a list of leads already: quick to ask, for whoever ends the program just then. */
export async function hasLeads({ dataDir, own }: Where, list: string): Promise<boolean> {
  const { DATABASE_URL: url } = own;
  if (url !== undefined)
    return (await askOnce(url, "select from peyk.leads where list = $1 limit 1", [list])).length > 0;
  const text = await readFile(join(dataDir, "leads", list, "leads.jsonl"), "utf8").catch(() => "");
  return text.includes('"t":"page"');
}
