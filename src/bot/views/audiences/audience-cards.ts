/** Audiences as the chat shows them: all of them, one with who is meant by it now, and what is asked before one goes. */
import type { AudienceLook } from "../../../app/audiences/audiences.ts";
import type { Audience } from "../../../domain/people/audience.ts";
import { keyOf } from "../../campaign-key.ts";
import { conditionLines } from "../../../words/condition-words.ts";
import { originText } from "../../../words/list-origin.ts";
import { shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { stampOf } from "../callback-data.ts";
import type { Button, View } from "../view.ts";

/** Buttons on one screen. */
const MOST_SHOWN = 40;
const LONGEST_LABEL = 30;

/** Callback data: a verb and the key of an audience, and for what was asked the moment. */
export const AUDIENCE_PRESS = /^aud:(look|ask|remove|keep):([\w-]{10})(?::([0-9a-z]{1,9}))?$/;

/** A way into the dialogue of a new campaign. */
export const AUDIENCE_DOOR = /^aud-([\w-]{10})$/;

export function audienceKey({ name }: Pick<Audience, "name">): string {
  return keyOf(`audience ${name.toLowerCase()}`);
}

function choice(verb: string, audience: Audience, now?: number): string {
  return ["aud", verb, audienceKey(audience), ...stampOf(now)].join(":");
}

export function audiencesView(all: readonly Audience[], words: Words): View {
  const rows = all
    .slice(0, MOST_SHOWN)
    .map((one): Button[] => [{ label: shorten(one.name, LONGEST_LABEL), choice: choice("look", one) }]);
  return {
    text: words.say(all.length === 0 ? "audiences-none" : "audiences-title"),
    rows: [...rows, [{ label: words.plain("button-audience-new"), choice: "go:audience" }]],
  };
}

export function audienceCard(look: AudienceLook, words: Words): View {
  const { audience, count, names } = look;
  const { name } = audience;
  return {
    text: [
      ...aboutLines(look, words),
      ...(names.length > 0 ? [words.say("audience-among", { names: words.codes(names) })] : []),
      "",
      words.say("audience-tag-how", { command: `/tag vip = ${name}` }),
      words.say("audiences-rename-how", { command: `/audiences ${name} = …` }),
    ].join("\n"),
    rows: [
      count > 0
        ? [{ label: words.plain("button-audience-use"), choice: `go:aud-${audienceKey(audience)}` }]
        : [],
      [{ label: words.plain("button-audience-remove"), choice: choice("ask", audience) }],
    ],
  };
}

function aboutLines({ audience, count }: AudienceLook, words: Words): readonly string[] {
  const { name, at } = audience;
  if (audience.kind === "list") {
    const origin = originText(audience.origin, words);
    return [words.say("audience-list", { name, count, moment: words.moment(at), origin })];
  }
  return [
    words.say("audience-conditions", { name, count }),
    ...conditionLines(audience.conditions, words),
    words.say("audience-frozen"),
  ];
}

/** @param now ms since the epoch */
export function removeQuestion(audience: Audience, now: number, words: Words): View {
  const { name } = audience;
  return {
    text: words.say("audience-remove-ask", { name }),
    rows: [
      [{ label: words.plain("button-audience-remove-yes"), choice: choice("remove", audience, now) }],
      [{ label: words.plain("button-audience-stays"), choice: choice("keep", audience) }],
    ],
  };
}
