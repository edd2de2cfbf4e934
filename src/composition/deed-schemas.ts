/** How deeds and what they came to are read from a file that another process wrote. */
import { z } from "zod";
import type { AskedDeed, DeedName, DeedResults, Deeds } from "../app/deeds.ts";
import { keepProblems, tagProblems } from "../app/audiences/audiences.ts";
import type { MessageProblem } from "../app/drafts/draft.ts";
import { turnOutcomes, welcomeProblems } from "../app/welcome/welcome.ts";
import { addNamesProblems } from "../app/campaigns/adding-names.ts";
import { tokenProblems } from "../app/hooks/tokens.ts";
import { webhookProblems } from "../app/hooks/webhooks.ts";
import { hookTypes } from "../domain/hooks/hook-event.ts";
import type { PostOutcome } from "../domain/hooks/webhook.ts";
import { checkpointProblems } from "../app/campaigns/import-checkpoint.ts";
import type { Conditions } from "../domain/people/audience.ts";
import { takenOutDeeds } from "../app/history/taking-out.ts";
import { aboutSchema } from "../storage/ports/documents/history-line.ts";
import { givenRoles, roles } from "../domain/roles/role.ts";
import type { ReplyResult } from "../app/people/answers.ts";
import { ownReplySchema } from "../storage/ports/documents/own-reply-schema.ts";
import { suppressionReasons } from "../domain/people/suppression.ts";
import { invalidReasons, parseUsername } from "../domain/people/username.ts";

type Schemas = {
  readonly [Name in DeedName]: {
    readonly asked: z.ZodType<Deeds[Name]>;
    readonly result: z.ZodType<DeedResults[Name]>;
  };
};

const names = z.array(z.string());

/** As every list of a campaign has them. */
const cleanName = z.string().refine((name) => {
  const parsed = parseUsername(name);
  return parsed.ok && parsed.username === name;
});

const done = z.object({ ok: z.literal(true) });

const actionResult = z.union([
  done,
  z.object({ ok: z.literal(false), problem: z.enum(["unknownCampaign", "notNow", "nothingToDo"]) }),
]);

const heldRole = z.enum([...roles, "none"]);
const roleResult = z.union([
  done,
  z.object({ ok: z.literal(false), problem: z.enum(["theOwner", "same", "changed"]) }),
]);

const suppressionResult = z.object({
  changed: z.number(),
  unchanged: z.number(),
  invalid: z.array(z.object({ text: z.string(), reason: z.enum(invalidReasons) })),
});

const some = z.array(z.string()).min(1);

const conditions: z.ZodType<Conditions> = z.object({
  sources: some.exactOptional(),
  languages: some.exactOptional(),
  joinedSince: z.number().exactOptional(),
  got: some.exactOptional(),
  notGot: some.exactOptional(),
  answered: some.exactOptional(),
  notAnswered: some.exactOptional(),
  tags: some.exactOptional(),
  withoutTags: some.exactOptional(),
});

const whom = z.union([z.object({ names }), z.object({ audience: z.string() })]);

const tagResult = z.union([
  z.object({
    ok: z.literal(true),
    changed: z.number(),
    unchanged: z.number(),
    invalid: z.array(z.object({ text: z.string(), reason: z.enum(invalidReasons) })),
  }),
  z.object({ ok: z.literal(false), problem: z.enum(tagProblems) }),
]);

const leadsActionResult = z.union([
  done,
  z.object({ ok: z.literal(false), problem: z.enum(["unknownList", "unknownTarget", "notNow"]) }),
]);

const byName = z.object({ name: z.string() });
const was = z.object({ was: z.boolean() });

const postOutcome: z.ZodType<PostOutcome> = z.union([
  z.object({ kind: z.literal("taken") }),
  z.object({
    kind: z.literal("failed"),
    why: z.union([
      z.object({ kind: z.literal("status"), status: z.number() }),
      z.object({
        kind: z.literal("silence"),
        why: z.enum(["noAnswerInTime", "connectionBroke", "serviceUnreachable"]),
      }),
    ]),
    retryAt: z.number().exactOptional(),
  }),
]);

const replyResult: z.ZodType<ReplyResult> = z.union([
  z.object({ ok: z.literal(true), reply: ownReplySchema }),
  z.object({ ok: z.literal(false), problem: z.enum(["noAnswer", "empty", "notSetUp"]) }),
  z.object({ ok: z.literal(false), problem: z.literal("tooLong"), length: z.number(), max: z.number() }),
]);

export const deedSchemas: Schemas = {
  suppress: {
    asked: z.object({
      names,
      reason: z.enum(suppressionReasons),
      note: z.string().exactOptional(),
      keepsKnown: z.boolean().exactOptional(),
    }),
    result: suppressionResult,
  },
  unsuppress: { asked: z.object({ names, wantedAt: z.number() }), result: suppressionResult },
  cleanup: { asked: z.object({ campaignId: z.string() }), result: actionResult },
  erase: {
    asked: z.object({ text: z.string(), by: z.string() }),
    result: z.union([
      done,
      z.object({ ok: z.literal(false), problem: z.enum([...invalidReasons, "erasedAlready"]) }),
    ]),
  },
  confirmRestored: { asked: z.object({ campaignId: z.string(), by: z.string() }), result: actionResult },
  beginTakingOut: {
    asked: z.object({ deed: z.enum(takenOutDeeds), about: aboutSchema }),
    result: z.object({ of: z.number() }),
  },
  endTakingOut: {
    asked: z.object({ of: z.int().positive(), end: z.enum(["done", "failed"]) }),
    result: z.object({ of: z.number() }),
  },
  keepAnswers: {
    asked: z.object({ channel: z.string(), isOn: z.boolean() }),
    result: z.object({ isThere: z.boolean() }),
  },
  reply: {
    asked: z.object({ answer: z.int().positive(), text: z.string(), by: z.string() }),
    result: replyResult,
  },
  endFollowUps: { asked: z.object({ campaignId: z.string(), by: z.string() }), result: actionResult },
  giveRole: {
    asked: z.object({ id: z.int(), role: z.enum(givenRoles), from: heldRole }),
    result: roleResult,
  },
  takeRole: { asked: z.object({ id: z.int(), from: heldRole }), result: roleResult },
  addNames: {
    asked: z.object({
      campaignId: z.string(),
      columns: names,
      rows: z.array(z.tuple([cleanName], z.string())),
      origin: z.string(),
      by: z.string(),
      statement: z.string().exactOptional(),
    }),
    result: z.union([
      z.object({ ok: z.literal(true), added: z.number(), known: z.number(), left: z.number() }),
      z.object({ ok: z.literal(false), problem: z.enum(addNamesProblems) }),
      z.object({ ok: z.literal(false), problem: z.literal("columns"), missing: names }),
    ]),
  },
  honour: {
    asked: z.object({ campaignId: z.string(), names }),
    result: z.union([
      z.object({
        kind: z.literal("imported"),
        campaignId: z.string(),
        names: z.number(),
        added: z.number(),
      }),
      z.object({ kind: z.literal("problem"), problem: z.enum(checkpointProblems) }),
    ]),
  },
  keepAudience: {
    asked: z.object({
      name: z.string(),
      columns: names,
      rows: z.array(z.tuple([cleanName], z.string())),
      origin: z.string(),
    }),
    result: z.object({ outcome: z.enum(["kept", "taken", ...keepProblems]) }),
  },
  defineAudience: {
    asked: z.object({ name: z.string(), conditions }),
    result: z.object({ outcome: z.enum(["kept", "taken", "badName"]) }),
  },
  renameAudience: {
    asked: z.object({ from: z.string(), to: z.string() }),
    result: z.object({ outcome: z.enum(["renamed", "gone", "taken", "badName"]) }),
  },
  removeAudience: {
    asked: z.object({ name: z.string(), wantedAt: z.number() }),
    result: z.object({ isGone: z.boolean() }),
  },
  beginWelcome: {
    asked: z.object({ message: z.string(), statement: z.string(), by: z.string() }),
    result: z.union([
      z.object({ ok: z.literal(true), id: z.string(), putBackFrom: z.number().exactOptional() }),
      z.object({ ok: z.literal(false), problem: z.enum(welcomeProblems) }),
      z.object({
        ok: z.literal(false),
        problem: z.literal("message"),
        problems: z.array(z.custom<MessageProblem>((one) => typeof one === "object" && one !== null)),
      }),
    ]),
  },
  turnWelcome: {
    asked: z.object({ isOn: z.boolean(), wantedAt: z.number() }),
    result: z.object({ outcome: z.enum(turnOutcomes) }),
  },
  tag: { asked: z.object({ tag: z.string(), whom }), result: tagResult },
  untag: { asked: z.object({ tag: z.string(), whom, wantedAt: z.number() }), result: tagResult },
  cancelLeads: {
    asked: z.object({ list: z.string(), request: z.number().exactOptional() }),
    result: leadsActionResult,
  },
  addToken: {
    asked: z.object({ name: z.string(), hash: z.string(), by: z.string() }),
    result: z.union([done, z.object({ ok: z.literal(false), problem: z.enum(tokenProblems) })]),
  },
  addWebhook: {
    asked: z.object({
      name: z.string(),
      url: z.string(),
      secret: z.string(),
      mayBeNear: z.boolean().exactOptional(),
      types: z.array(z.enum(hookTypes)).exactOptional(),
      by: z.string(),
    }),
    result: z.union([done, z.object({ ok: z.literal(false), problem: z.enum(webhookProblems) })]),
  },
  removeWebhook: { asked: byName, result: was },
  rotateWebhook: { asked: byName.extend({ secret: z.string() }), result: was },
  resumeWebhook: { asked: byName, result: was },
  testWebhook: { asked: byName, result: z.object({ outcome: postOutcome.exactOptional() }) },
  revokeToken: { asked: byName, result: was },
  resetLeads: {
    asked: z.object({ list: z.string(), target: z.string().exactOptional() }),
    result: leadsActionResult,
  },
};

const named = z.object({ deed: z.string(), asked: z.unknown(), ask: z.string().exactOptional() });

/**
 * Undefined when it is none, or one of another version.
 * @param id Of the request it came in: stands for that of the asking where an older version gave none
 */
export function deedFrom(content: unknown, id: string): AskedDeed | undefined {
  const { success, data } = named.safeParse(content);
  if (!success || !isDeedName(data.deed)) return undefined;
  const asked = deedSchemas[data.deed].asked.safeParse(data.asked);
  return asked.success ? { deed: data.deed, asked: asked.data, ask: data.ask ?? id } : undefined;
}

function isDeedName(text: string): text is DeedName {
  return Object.hasOwn(deedSchemas, text);
}
