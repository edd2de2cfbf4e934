/**
 * Looks for one person in everything that is kept, campaign by campaign, each file once. What can't be read is named in the
 * answer. Promises to open nothing and to change nothing.
 */
import type { ChannelManifest } from "../../channels/channel.ts";
import type { AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import type { MendedMessage } from "../../domain/amending/amendment.ts";
import { mendingIn } from "../../domain/amending/message-now.ts";
import { standsAs } from "../../domain/amending/stands-as.ts";
import { amendingStep } from "../../domain/amending/next-amending.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { messageOf } from "../../domain/message-at.ts";
import type { Answer } from "../../domain/people/answer.ts";
import { followUpDueAt } from "../../domain/settings/follow-up.ts";
import type { KeptPerson } from "../../domain/people/person.ts";
import { namesToSeek, sortedByPerson } from "../../domain/people/person.ts";
import { soughtIn } from "../../domain/people/sought.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";
import type { TagReads } from "../../storage/ports/audiences.ts";
import type { AnswerReads } from "../../storage/ports/answers.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { PersonReads, PersonRow, Sought } from "../../storage/ports/person-reads.ts";
import { createRenderer } from "../drafts/renderer.ts";
import { knownAs } from "./known-as.ts";
import { personFile } from "./person-file.ts";
import type { AskingWho, NotLookedInto, Who, WhoRow } from "./who.ts";

export interface WhoParts {
  readonly campaigns: Pick<CampaignStore, "all">;
  readonly person: PersonReads;
  readonly tags: Pick<TagReads, "of">;
  readonly amendments: Pick<AmendmentStore, "read">;
  /** Reads what people answered. */
  readonly answers: () => Promise<AnswerReads>;
  /** Whether the campaign is open here, so that what is claimed is under way. */
  readonly isOpen: (id: CampaignId) => Promise<boolean>;
  /** Of a channel that is set up here. */
  readonly manifestOf: (channel: string) => ChannelManifest | undefined;
  /** ms since the epoch */
  readonly now: () => number;
}

export function createAskingWho(parts: WhoParts): AskingWho {
  return {
    async who(text) {
      const sought = soughtIn(text);
      if (!sought.ok) return sought;
      return { ok: true, who: await lookedUp(parts, sought.text, sought) };
    },
    async exportPerson(text) {
      const sought = soughtIn(text);
      if (!sought.ok) return undefined;
      const who = await lookedUp(parts, sought.text, sought);
      return personFile(who, await parts.person.records(await knownAs(parts.person, sought)), parts.now());
    },
  };
}

async function lookedUp(parts: WhoParts, asked: string, sought: Sought): Promise<Who> {
  const unknown: NotLookedInto[] = [];
  const orNone = async <T>(what: NotLookedInto["what"], looking: () => Promise<readonly T[]>) =>
    looking().catch((error: unknown): readonly T[] => {
      unknown.push({ what, ...errorOf(error) });
      return [];
    });
  const kept = await orNone("people", () => parts.person.behind(sought));
  const people = await peopleIn(parts, { sought, kept, unknown });
  const called = people.flatMap(({ name, formerly }) => [name, ...formerly]);
  const names = namesToSeek([...sought.names, ...called], kept);
  const onX = kept.filter(({ channel }) => channel === "x");
  const onLists = await parts.person.onLists({
    names: namesToSeek(sought.names, onX),
    ids: [...new Set([...sought.ids, ...onX.map(({ id }) => id)])],
  });
  for (const { list: name, error } of onLists.unreadable) unknown.push({ what: "leads", name, error });
  const suppressed = await orNone("doNotSend", () => parts.person.suppressed(names));
  const tags = await orNone("tags", () => parts.tags.of(names));
  const ids = [...sought.ids, ...kept.map(({ id }) => id)];
  const answers = await orNone("answers", async () => (await parts.answers()).byPerson({ names, ids }));
  const listed = new Set(suppressed.map(({ username }) => username));
  const isErased = await orNone("doNotSend", async () =>
    (await parts.person.isErased({ names, ids })) ? [true] : [],
  );
  const found = people.map((one) => {
    const { name, formerly, subscriber } = one;
    const isOut = [name, ...formerly].some((other) => listed.has(other));
    const isLeft = isOut || (subscriber !== undefined && subscriber.state !== "active");
    return { ...one, rows: one.rows.map((row) => withTheirs(row, { answers, rows: one.rows, isLeft })) };
  });
  const wrote = answers.filter(({ campaignId }) => campaignId === undefined);
  const erased = isErased.length > 0 ? { isErased: true as const } : {};
  return { asked, people: found, suppressed, leads: onLists.found, tags, wrote, unknown, ...erased };
}

interface Theirs {
  readonly answers: readonly Answer[];
  readonly rows: readonly WhoRow[];
  /** They left, or are on the do-not-send list. */
  readonly isLeft: boolean;
}

/** Whoever answered, left or is among the followed up already is told as that, and not as somebody who will be. */
function withTheirs(row: WhoRow, { answers, rows, isLeft }: Theirs): WhoRow {
  const { id, channel, status } = row.campaign;
  const { followUpAt, ...others } = row;
  const isOver =
    isLeft ||
    status === "cancelled" ||
    answers.some((one) => one.channel === channel && !one.isAutomatic && one.at >= row.campaign.createdAt) ||
    rows.some(({ campaign }) => campaign.followsUp?.campaignId === id);
  return {
    ...others,
    ...(followUpAt === undefined || isOver ? {} : { followUpAt }),
    answers: answers.filter((one) => one.campaignId === id && one.channel === channel),
  };
}

interface Looking {
  readonly sought: Sought;
  readonly kept: readonly KeptPerson[];
  /** Takes in what can't be looked into. */
  readonly unknown: NotLookedInto[];
}

async function peopleIn(parts: WhoParts, { sought, kept, unknown }: Looking): Promise<Who["people"]> {
  const campaigns = await parts.campaigns.all();
  const channels = new Map<string, WhoRow[]>(campaigns.map(({ channel }) => [channel, []]));
  for (const { channel } of kept) if (!channels.has(channel)) channels.set(channel, []);
  const on = (channel: string): readonly KeptPerson[] => kept.filter((one) => one.channel === channel);
  for (const campaign of campaigns) {
    const names = namesToSeek(sought.names, on(campaign.channel));
    try {
      channels.get(campaign.channel)?.push(...(await rowsIn(parts, campaign, names)));
    } catch (error) {
      unknown.push({ what: "campaign", name: campaign.id, ...errorOf(error) });
    }
  }
  const known = new Set(campaigns.map(({ id }) => id));
  for (const name of await parts.person.unreadable(known)) unknown.push({ what: "campaign", name });
  return [...channels].flatMap(([channel, rows]) => sortedByPerson(channel, on(channel), rows));
}

function errorOf(error: unknown): { readonly error: Error } {
  return { error: error instanceof Error ? error : new Error(String(error)) };
}

/** What became of these names in one campaign. @throws when what is kept of it can't be read */
export async function rowsIn(
  parts: Omit<WhoParts, "campaigns" | "answers" | "tags">,
  campaign: Campaign,
  names: readonly string[],
): Promise<readonly WhoRow[]> {
  if (names.length === 0) return [];
  const rows = await parts.person.inCampaign(campaign, names, await parts.isOpen(campaign.id));
  if (rows.length === 0) return [];
  const fold = await parts.amendments.read(campaign.id);
  return rows.map((row) => whoRow(parts, row, { campaign, fold }));
}

interface Of {
  readonly campaign: Campaign;
  readonly fold: AmendmentFold;
}

function whoRow(
  { manifestOf, now }: Pick<WhoParts, "manifestOf" | "now">,
  row: PersonRow,
  { campaign, fold }: Of,
): WhoRow {
  const { id, channel, status, createdAt, followsUp } = campaign;
  const stands = fold.of(row.ordinal);
  const abilities = manifestOf(channel)?.amends ?? {};
  const step = amendingStep({ kind: "takeBack", scope: { kind: "all" }, at: now() }, row, {
    here: undefined,
    stands,
    abilities,
    now: now(),
  });
  const text = textGot(row, { campaign, fold });
  return {
    ...row,
    campaign: { id, channel, status, createdAt, ...(followsUp ? { followsUp } : {}) },
    ...followUpOf(row, { campaign, fold }),
    ...(row.state === "sent" && stands ? { amended: stands } : {}),
    ...(text === undefined ? {} : { text }),
    answers: [],
    hasRevisions: (campaign.revision ?? 0) > 0,
    canTakeBack: step.kind === "call" && abilities.takesBack !== undefined && !fold.open,
  };
}

function textPut(put: MendedMessage, language: string | undefined): Pick<Campaign, "message" | "extras"> {
  const { text: message, extras } = mendingIn(put, language);
  return { message, ...(extras ? { extras } : {}) };
}

/** When they are to be followed up, by what is planned. */
function followUpOf(row: PersonRow, { campaign, fold }: Of): Pick<WhoRow, "followUpAt"> {
  const [next] = campaign.followUps ?? [];
  if (!next || campaign.followUpsCancelled) return {};
  const { state, at } = row;
  const isTakenBack = standsAs(state, fold.of(row.ordinal)) === "takenBack";
  const followUpAt = followUpDueAt({ state, isTakenBack, ...(at === undefined ? {} : { at }) }, next);
  return followUpAt === undefined ? {} : { followUpAt };
}

/** As the person has it now, as far as that is known; what surely never reached anybody is nobody's text. */
function textGot(row: PersonRow, { campaign, fold }: Of): string | undefined {
  const mayHave = row.state === "sent" || row.state === "claimed" || row.state === "uncertain";
  if ((!mayHave && row.skipReason !== "leftInDoubt") || row.revision === undefined) return undefined;
  const { at = 0, revision, language } = row;
  const mended = fold.of(row.ordinal)?.mended;
  const put = mended && fold.get(mended.number)?.message;
  const { message, extras } = put
    ? textPut(put, language)
    : messageOf(campaign, { at, revision, ...(language === undefined ? {} : { language }) });
  const format = extras?.format === undefined ? {} : { extras: { format: extras.format } };
  try {
    const text = createRenderer({ message, ...format })(row);
    return extras?.format === "html" ? textOfHtml(text) : text;
  } catch {
    return undefined; // a text of an older version that can't be rendered any more
  }
}
