/** Ids of sentences that are put together while the program runs: each that can come about exists in both languages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CampaignIdProblem } from "../src/app/campaigns/campaign-id.ts";
import type { AccountWait, CampaignStatus } from "../src/domain/campaign.ts";
import type { CampaignEvent } from "../src/domain/campaign-event.ts";
import type { CollectionPause } from "../src/domain/collecting/collection.ts";
import type { CollectionEnd, TargetEnd } from "../src/domain/collecting/lead.ts";
import { suppressionReasons } from "../src/domain/people/suppression.ts";
import { invalidReasons } from "../src/domain/people/username.ts";
import type { Verbosity } from "../src/bot/documents.ts";
import type { TargetProblem } from "../src/sources/source.ts";
import type { RecipientState, SkipReason } from "../src/domain/recipient.ts";
import { recipientStates } from "../src/domain/recipient.ts";
import { railRules } from "../src/domain/settings/guard-rails.ts";
import { speeds } from "../src/bot/conversations/steps/options/speed.ts";
import { topics } from "../src/bot/conversations/steps/options/topics.ts";
import { textsOf } from "./support/source-texts.ts";
import type { Changeable } from "../src/bot/conversations/draft-state.ts";

const root = join(import.meta.dirname, "..");

/** A closed set as it is in the code: the compiler refuses this file when a member is added there. */
const allOf = <T extends string>(members: Readonly<Record<T, true>>): readonly string[] =>
  Object.keys(members);

const skipReasons = allOf<SkipReason>({
  duplicate: true,
  optedOut: true,
  suppressed: true,
  contactedLately: true,
  otherCampaign: true,
  earlierCheckpoint: true,
  cancelled: true,
  answered: true,
  otherPerson: true,
  erased: true,
  leftInDoubt: true,
});
const statuses = allOf<CampaignStatus>({
  scheduled: true,
  running: true,
  paused: true,
  finished: true,
  cancelled: true,
});
const changeable = allOf<Changeable>({ message: true, accounts: true, consent: true });
const idProblems = allOf<CampaignIdProblem>({
  badTaskId: true,
  device: true,
  dotAtEnd: true,
  twoSpellings: true,
});
const troublesOfAccounts = allOf<AccountWait["trouble"]>({
  capped: true,
  paced: true,
  resting: true,
  locked: true,
  loggedOut: true,
  leftOut: true,
});
const leftOrBack = allOf<Extract<CampaignEvent, { kind: "account" }>["trouble"]>({
  capped: true,
  resting: true,
  locked: true,
  loggedOut: true,
  back: true,
});
const targetEnds = allOf<TargetEnd>({
  exhausted: true,
  noNewPeople: true,
  emptyPages: true,
  cursorLoop: true,
  unclear: true,
  gone: true,
  twin: true,
});
const collectionEnds = allOf<CollectionEnd>({
  targetReached: true,
  sourceExhausted: true,
  noNewPeople: true,
  emptyPages: true,
  cursorLoop: true,
  unclear: true,
  targetGone: true,
  callLimit: true,
  creditsGone: true,
  accessLost: true,
  cancelled: true,
});
const collectionPauses = allOf<CollectionPause["kind"]>({
  operator: true,
  restored: true,
  creditsGone: true,
  accessLost: true,
  storage: true,
});
const targetProblems = allOf<TargetProblem>({
  empty: true,
  notAName: true,
  notAPost: true,
  notASearch: true,
  tooLong: true,
});
const verbosities = allOf<Verbosity>({ off: true, important: true, all: true });
const settled = recipientStates.filter((state: RecipientState) => state !== "claimed" && state !== "skipped");

const sets: readonly (readonly [string, readonly string[]])[] = [
  ["skip-", skipReasons],
  ["state-", recipientStates],
  ["status-", statuses],
  ["card-", statuses],
  ["log-status-", statuses],
  ["log-settled-", settled],
  ["resolved-", recipientStates],
  ["name-", idProblems],
  ["confirm-changes-", changeable],
  ["pause-rail-", [...railRules, "newest"]],
  ["speed-", speeds.flatMap((one) => [one, `${one}-value`])],
  ["rail-", railRules],
  ["ask-rail-", railRules],
  ["topic-", topics.flatMap(({ name }) => [name, `${name}-off`])],
  ["card-", troublesOfAccounts],
  ["log-account-", [...leftOrBack, "capped-until", "resting-until"]],
  ["cli-trouble-", leftOrBack],
  ["collect-target-", targetEnds],
  ["cli-target-end-", targetEnds],
  ["collect-end-", collectionEnds],
  ["cli-end-", collectionEnds],
  ["collect-paused-", collectionPauses],
  ["target-", targetProblems],
  ["cli-target-", targetProblems],
  ["invalid-", invalidReasons],
  ["suppressed-", suppressionReasons],
  ["log-", verbosities],
  ["button-log-", verbosities],
  ["button-change-", changeable.flatMap((one) => [one, `${one}-chosen`])],
];

const built = sets.flatMap(([stem, members]) => members.map((member) => `${stem}${member}`));

test.each(["en", "fa"])("every id of a closed set has its sentence in %s", (locale) => {
  const source = readFileSync(join(root, "locales", `${locale}.ftl`), "utf8");
  const known = new Set([...source.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map(([, id]) => id));
  expect(built.filter((id) => !known.has(id))).toEqual([]);
});

test("the sets that are looked at are ones that the code builds ids of", () => {
  const files = ["src/bot", "src/cli", "src/web", "src/words"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(root, folder, file),
    ),
  );
  const code = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  expect(sets.map(([stem]) => stem).filter((stem) => !code.includes(`\`${stem}\${`))).toEqual([]);
});

test("whatever an id is built of, there are sentences of that kind", () => {
  const source = readFileSync(join(root, "locales/en.ftl"), "utf8");
  const ids = [...source.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map(([, id = ""]) => id);
  const stems = textsOf("src", /(?:say|plain)\(\s*`/).flatMap(
    ({ node, around: [template, call], text, sourceOf }) => {
      if (node.type !== "TemplateElement" || call?.type !== "CallExpression") return [];
      const isFirst = template?.start === node.start && /^[a-zA-Z][\w-]*$/.test(text);
      return isFirst && /(?:^|\.)(?:say|plain)\(/.test(sourceOf(call)) ? [text] : [];
    },
  );
  expect(stems.length).toBeGreaterThan(60);
  expect(stems.filter((stem) => !ids.some((id) => id.startsWith(stem)))).toEqual([]);
});
