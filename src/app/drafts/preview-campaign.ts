import type { Channel } from "../../channels/channel.ts";
import type { AccountHealth } from "../../domain/accounts/account.ts";
import type { AccountWait } from "../../domain/campaign.ts";
import type { Answer } from "../../domain/fault.ts";
import type { Variables } from "../../domain/recipient.ts";
import { languagesOf } from "../../domain/languages/text-in.ts";
import { limitsOf } from "../../domain/accounts/limits.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { ratesOf } from "../../engine/accounts/rates-of.ts";
import { withDeadline } from "../../lib/deadline.ts";
import type { AppParts } from "../app-parts.ts";
import { listedAs } from "../people/listed.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import type { DraftText } from "./draft-texts.ts";
import { createTexts, languageFor, textsOf } from "./draft-texts.ts";
import type { Draft, Preview, TestSendResult } from "./draft.ts";
import { createRenderer } from "./renderer.ts";
import type { Upcoming, UpcomingParts } from "./upcoming.ts";
import { prospects } from "./upcoming.ts";

/** How many recipients a preview shows. */
const PREVIEWS = 3;

/** How long a test send may take before it counts as unanswered, in ms. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Renders the draft's message for the first recipients who would be written to, exactly as they would get it; where it has texts
 * in several languages, for the first of each.
 */
export async function preview(parts: UpcomingParts, draft: Draft): Promise<readonly Preview[]> {
  if (languagesOf(draft.extras).length > 0) return eachText(parts, draft);
  const render = createRenderer(draft);
  const [listed, others]: [Upcoming[], Upcoming[]] = [[], []];
  for await (const one of prospects(parts, draft)) {
    if (one.kind !== "toSend") continue;
    if (one.isListed) listed.push(one);
    else if (others.length < PREVIEWS) others.push(one);
    if (listed.length === PREVIEWS) break;
  }
  return [...listed, ...others].slice(0, PREVIEWS).map(({ username, variables }) => ({
    username,
    text: render({ ordinal: 0, username, variables }),
  }));
}

/** Those of the list come first; nobody's text is shown with the values of the first of all. */
async function eachText(parts: UpcomingParts, draft: Draft): Promise<readonly Preview[]> {
  const languageOf = languageFor(parts, draft);
  const wanted = textsOf(draft);
  const [listed, others] = [new Map<string | undefined, Upcoming>(), new Map<string | undefined, Upcoming>()];
  for await (const one of prospects(parts, draft)) {
    if (one.kind !== "toSend") continue;
    const language = await languageOf(one);
    const found = one.isListed ? listed : others;
    if (!found.has(language)) found.set(language, one);
    if (listed.size === wanted.length) break;
  }
  return previewsOf(createTexts(parts, draft), wanted, new Map([...others, ...listed]));
}

/**
 * Shows each text as whoever gets it would.
 * @param people Somebody for a language; the first of them lends their values to texts that nobody gets
 */
export function previewsOf(
  texts: (language: string | undefined) => Pick<DraftText, "render">,
  wanted: readonly (string | undefined)[],
  people: ReadonlyMap<string | undefined, Upcoming>,
): readonly Preview[] {
  const [anybody] = people.values();
  return wanted.flatMap((language) => {
    const own = people.get(language);
    const person = own ?? anybody;
    if (!person) return [];
    const { username, variables } = person;
    return {
      username,
      text: texts(language).render({ ordinal: 0, username, variables }),
      ...(language === undefined ? {} : { language }),
      ...(own ? {} : { isForNobody: true as const }),
    };
  });
}

/**
 * Sends the draft's message to one name, outside the campaign: it does not count as the campaign's message, but it does
 * debit the account. Sent at most once; never repeated by itself.
 */
export async function testSend(
  parts: AppParts,
  draft: Draft,
  { raw, language }: { readonly raw: string; readonly language?: string | undefined },
): Promise<TestSendResult> {
  const parsed = parseUsername(raw);
  if (!parsed.ok) return { kind: "badName", reason: parsed.reason };
  const { username } = parsed;
  if (await listedAs(parts, draft.channel, username))
    return { kind: "notSent", username, why: "onDoNotSendList" };
  const channel = parts.channels.get(draft.channel);
  if (!channel) return { kind: "notSent", username, why: "noAccountFree" };
  const account = await debitedAccount(parts, draft, channel, username);
  if (typeof account !== "string")
    return { kind: "notSent", username, why: "noAccountFree", waits: account.waits };
  const values = await variablesOf(parts, draft, username);
  const { render, ...extras } = createTexts(parts, draft)(language);
  const text = render({ ordinal: 0, username, variables: values });
  const dedupKey = `test:${draft.campaignId}:${username}:${parts.clock.now()}`;
  return resultOf(
    username,
    await ask(parts, channel, { account, username, text, dedupKey, values, ...extras }),
  );
}

async function ask(
  { clock }: AppParts,
  channel: Channel,
  request: Parameters<Channel["send"]>[0],
): Promise<Answer> {
  try {
    const deadline = { clock, ms: TEST_TIMEOUT_MS };
    return await withDeadline(deadline, (signal) => channel.send(request, signal));
  } catch (error) {
    return { kind: "uncertain", why: reasonOfError(error) };
  }
}

function resultOf(username: string, answer: Answer): TestSendResult {
  if (answer.kind === "delivered") return { kind: "sent", username, messageId: answer.messageId };
  return { kind: answer.kind === "uncertain" ? "uncertain" : "notSent", username, why: answer.why };
}

/** The first of the draft's accounts that may send now, its budget debited before this answers; else what each waits for. */
async function debitedAccount(
  parts: AppParts,
  draft: Draft,
  channel: Channel,
  username: string,
): Promise<string | { readonly waits: readonly AccountWait[] }> {
  const waits: AccountWait[] = [];
  const at = parts.clock.now();
  const pool = await parts.engine.pool(draft.channel);
  for (const { name, caps } of draft.accounts) {
    const readyAt = pool.readyAt(name, at);
    if (readyAt > at) {
      waits.push(waitOf(name, pool.health(name), readyAt));
      continue;
    }
    const rates = ratesOf(channel, name);
    const request = { channel: draft.channel, account: name, username, caps: limitsOf(caps), rates };
    const debited = await parts.ledgers.debitTestSend(request);
    if (debited === "debited") return name;
    waits.push({ name, trouble: "capped", until: debited.cappedUntil });
  }
  return { waits };
}

function waitOf(name: string, health: AccountHealth, readyAt: number): AccountWait {
  if (health.kind === "left") return { name, trouble: health.trouble, why: health.why };
  return { name, trouble: "resting", until: readyAt };
}

/** The name's own row when it is in the list, else the first row: the test shows real values. */
async function variablesOf(parts: AppParts, draft: Draft, username: string): Promise<Variables> {
  const head = await parts.lists.head(draft.listId, 1000);
  return (head.find((row) => row.username === username) ?? head[0])?.variables ?? {};
}
