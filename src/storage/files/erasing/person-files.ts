/**
 * The one list of what holds people below the data folder, and how each gives and forgets one of them. Nobody has any of
 * it open. Each may be done twice.
 */
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PersonFileName } from "../folder/own-names.ts";
import { inAnswers, inAudiences, inHistory, inOwnReplies, inTags } from "./forgetting-stores.ts";
import type { ErasingIn, Forget } from "./erase-in-campaign.ts";
import { eraseInCampaign } from "./erase-in-campaign.ts";
import {
  aliasIn,
  aliasInTargets,
  eventWithout,
  isSaidAnywhere,
  leadsOf,
  leadsWithout,
  recipientWithout,
  suppressionWithout,
  updateWithout,
  withoutEntries,
} from "../../ports/erased/line-rules.ts";
import type { ChangeLine, PersonMatch } from "../../ports/erased/person-match.ts";
import { isObject, maskedDeep } from "../../ports/erased/person-match.ts";
import { worldWithout } from "./playground-world.ts";
import { isAbsent } from "./rewriting.ts";

/** A log whose lines change one by one. */
function log(without: (match: PersonMatch) => ChangeLine): Forget {
  return (path, { match, pen }) => pen.lines(path, without(match));
}

/** A line that is about them goes. */
const lineGoes =
  (isTheirs: (line: Readonly<Record<string, unknown>>, match: PersonMatch) => boolean) =>
  (match: PersonMatch): ChangeLine =>
  (line) =>
    isObject(line) && isTheirs(line, match) ? undefined : line;

/** Whatever may hold anything of anybody, and can be made anew or is of no more use. */
const emptied: Forget = async (path, { pen }) => {
  for (const name of await namesIn(path)) await pen.remove(join(path, name));
};

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
}

/** Removes a file that says them anywhere. */
async function removedIfSaid(path: string, { match, pen }: ErasingIn): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (match.isSaidIn(text)) await pen.remove(path);
}

const eachBelow =
  (forget: Forget): Forget =>
  async (path, erasing) => {
    for (const name of await namesIn(path)) await forget(join(path, name), erasing);
  };

const inList: Forget = async (folder, { match, pen }) => {
  await pen.lines(join(folder, "recipients.jsonl"), recipientWithout(match));
  await pen.lines(join(folder, "rejected.jsonl"), (line) => maskedDeep(line, match));
};

const inLeads: Forget = async (path, erasing) => {
  const { match, pen } = erasing;
  if (basename(path) === "finished.jsonl") return log(aliasInTargets)(path, erasing);
  for (const name of ["summary.json", "pagination_state.json", "exact_count_tracking.json"])
    await removedIfSaid(join(path, name), erasing);
  await pen.shared(join(path, "leads.jsonl"), leadsWithout(match), leadsOf(match));
};

/** Conversations and drafts that say them go as a whole; of what is else in a document the words. */
const inBot: Forget = async (folder, erasing) => {
  const { match, pen } = erasing;
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (name === "updates.jsonl") await log(updateWithout)(path, erasing);
    else if (name === "updates-set-aside.jsonl") await log(lineGoes(isSaidAnywhere))(path, erasing);
    else if (name === "conversations.json" || name === "drafts.json")
      await pen.json(path, withoutEntries(match));
    else if (name.endsWith(".json"))
      await pen.json(path, (value) => maskedDeep(value, match, (field) => field === "message"));
    else await removedIfSaid(path, erasing);
  }
};

/** What was said in the playground's chats is made unreadable in its place; files that say them go. */
const inPlayground: Forget = async (folder, erasing) => {
  const { match, pen } = erasing;
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (name !== "world.jsonl") {
      await removedIfSaid(path, erasing);
      await eachBelow(removedIfSaid)(path, erasing);
      continue;
    }
    await pen.hidden(path, worldWithout(match));
  }
};

/** The log may be open: it is made unreadable in its place, byte by byte. */
const inProgramLog: Forget = async (path, { match, pen }) => {
  const text = await readFile(path, "latin1").catch((error: unknown) => {
    if (isAbsent(error)) return "";
    throw error;
  });
  const masked = match.masked(text);
  if (masked !== text) await pen.overwrite(path, Buffer.from(masked, "latin1"));
};

const recordWithout =
  (match: PersonMatch): ChangeLine =>
  (line) => {
    if (!isObject(line)) return line;
    const u = match.aliasOf(line["u"]);
    if (u === undefined || u === line["u"]) return line;
    const key = typeof line["key"] === "string" ? line["key"].replace(/:[^:]*$/, `:${u}`) : line["key"];
    return { ...line, u, key, ...(line["id"] === undefined ? {} : { id: `sim-${u}` }) };
  };

const isSubscriber = (line: Readonly<Record<string, unknown>>, match: PersonMatch): boolean =>
  match.aliasOfId(line["id"]) !== undefined || match.aliasOf(line["username"]) !== undefined;

const isLookedUp = (line: Readonly<Record<string, unknown>>, match: PersonMatch): boolean =>
  match.aliasOfId(line["id"]) !== undefined || match.aliasOf(line["u"]) !== undefined;

/** In the order in which they forget. */
export const personFiles: Readonly<Record<PersonFileName, Forget>> = {
  exports: emptied,
  uploads: emptied,
  requests: eachBelow(removedIfSaid),
  bot: inBot,
  lists: eachBelow(inList),
  audiences: inAudiences,
  "tags.jsonl": inTags,
  "own-replies.jsonl": inOwnReplies,
  "answers.jsonl": inAnswers,
  leads: eachBelow(inLeads),
  campaigns: eachBelow(eraseInCampaign),
  "events.jsonl": log(eventWithout),
  "events-before.jsonl": log(eventWithout),
  "test-sends.jsonl": log(aliasIn("u")),
  "simulator-record.jsonl": log(recordWithout),
  playground: inPlayground,
  "x-people.jsonl": log(lineGoes(isLookedUp)),
  "subscribers.jsonl": log(lineGoes(isSubscriber)),
  "suppression.jsonl": log(suppressionWithout),
  history: inHistory,
  "peyk.log": inProgramLog,
};
