/** How a campaign's dialogue begins, and with what: nothing, collected people, an earlier campaign, or what was prepared before. */
import type { AgainGroup } from "../../domain/again.ts";
import { draftAgain } from "./again.ts";
import type { DraftState } from "./draft-state.ts";
import { emptyDraft } from "./draft-state.ts";
import { sampleDraft } from "./sample-draft.ts";
import type { Talk } from "./step.ts";
import { askAboutDraft, keptDraft } from "./steps/kept-draft.ts";
import { nameStep } from "./steps/name.ts";
import { planStep } from "./steps/plan.ts";

/** How the dialogue begins: from nothing, with a name that came with the command, with collected people, with one person, or with the sample. */
export type Opening =
  | { readonly kind: "new"; readonly name?: string }
  | { readonly kind: "leads"; readonly list: string }
  /** An audience that is kept. */
  | { readonly kind: "audience"; readonly name: string; readonly isSubscribers?: boolean }
  /** One person alone. */
  | { readonly kind: "person"; readonly name: string }
  /** Some of an earlier campaign's people, with its text and settings. */
  | { readonly kind: "again"; readonly id: string; readonly group: AgainGroup }
  | { readonly kind: "sample" }
  /** With what was prepared before. */
  | { readonly kind: "draft" };

interface Beginning {
  readonly state: DraftState;
  /** Name of the first step. */
  readonly from: string;
}

/** Where it begins; a draft that is there is asked about first. */
export async function beginning(talk: Talk, opening: Opening): Promise<Beginning | "cancel" | undefined> {
  const isAsked = opening.kind === "new" || opening.kind === "draft";
  const kept = isAsked ? await keptDraft(talk) : undefined;
  const choice = kept && (opening.kind === "draft" ? "goOn" : await askAboutDraft(talk, kept));
  if (choice === "cancel") return "cancel";
  if (kept && choice === "goOn") return { state: kept.state, from: kept.step };
  const state = await stateFor(talk, opening);
  return state && { state, from: opening.kind === "sample" ? planStep.name : nameStep.name };
}

async function stateFor(talk: Talk, opening: Opening): Promise<DraftState | undefined> {
  switch (opening.kind) {
    case "new":
      return emptyDraft(opening.name);
    case "draft":
      return emptyDraft();
    case "leads":
      return { ...emptyDraft(), source: { kind: "leads", list: opening.list } };
    case "audience":
      return { ...emptyDraft(), source: opening };
    case "person":
      return { ...emptyDraft(), source: { kind: "text", text: asListed(opening.name) } };
    case "again":
      return draftAgain(talk, opening);
    case "sample":
      return openSample(talk);
  }
}

/** As a list may name somebody; a single letter is taken for a name only where it is said whose. */
function asListed(name: string): string {
  return name.length === 1 ? `https://x.com/${name}` : `@${name}`;
}

async function openSample({ dialogue, parts }: Talk): Promise<DraftState | undefined> {
  const { sample, app } = parts;
  const state =
    sample && (await dialogue.perform(({ words }) => sampleDraft(app, sample, words).then(orNull)));
  return state ?? undefined;
}

function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}
