/** One person as the chat shows them, a page of campaigns at a time, with what can be done about them. */
import type { Who, WhoPerson, WhoRow } from "../../../app/people/who.ts";
import { namesNow } from "../../../app/people/who.ts";
import { shorten } from "../../../words/markup.ts";
import {
  isUnknown,
  leadLines,
  personLines,
  rowLines,
  unknownLine,
  whoHeading,
  wroteLines,
} from "../../../words/who-lines.ts";
import type { Words } from "../../../words/words.ts";
import type { Button, View } from "../view.ts";
import { whoChoice, whoInCampaign, writeChoice } from "./who-choice.ts";

const ROWS_A_PAGE = 5;
const MOST_LEADS = 5;
const MOST_UNKNOWN = 5;
const MOST_NAMES = 3;
const LONGEST_LABEL_ID = 24;

/** What a page shows of one person: who they are, or what became of them in a campaign. */
interface Item {
  readonly person: WhoPerson;
  readonly row?: WhoRow;
  readonly number: number;
}

/** @param page From 0; beyond the last one: the last one */
export function whoCard(who: Who, page: number, words: Words): View {
  const items = itemsOf(who);
  const last = Math.max(0, Math.ceil(items.length / ROWS_A_PAGE) - 1);
  const at = Math.min(page, last);
  const shown = items.slice(at * ROWS_A_PAGE, (at + 1) * ROWS_A_PAGE);
  const paragraphs = [
    whoHeading(who, words),
    ...shown.map((item, index) => itemLines(item, shown[index - 1], words)),
    at === last ? [...wroteLines(who, words), ...leadLines(who, words, MOST_LEADS)] : [],
    unknownLines(who, words),
  ];
  return {
    text: paragraphs
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n"),
    rows: [
      ...shown.flatMap(({ row }) => (row ? rowButtons(row, words) : [])),
      doNotSendButtons(who, at, words),
      [{ label: words.plain("button-who-tags"), choice: whoChoice("tags", who.asked) }],
      ...writeButtons(who, words),
      [{ label: words.plain("button-who-export"), choice: whoChoice("export", who.asked) }],
      [{ label: words.plain("button-who-erase"), choice: whoChoice("askErase", who.asked) }],
      turning(who.asked, { at, last }, words),
    ],
  };
}

function itemsOf({ people }: Who): readonly Item[] {
  let number = 0;
  return people.flatMap((person): readonly Item[] =>
    person.rows.length === 0
      ? [{ person, number: 0 }]
      : person.rows.map((row) => ({ person, row, number: (number += 1) })),
  );
}

function itemLines({ person, row, number }: Item, before: Item | undefined, words: Words): string[] {
  return [
    ...(before?.person === person ? [] : personLines(person, words)),
    ...(row ? rowLines(row, number, { words, name: person.name }) : []),
  ];
}

function unknownLines({ unknown }: Who, words: Words): string[] {
  const count = unknown.length - MOST_UNKNOWN;
  return [
    ...unknown.slice(0, MOST_UNKNOWN).map((one) => unknownLine(one, words)),
    ...(count > 0 ? [words.say("who-unknown-more", { count })] : []),
  ];
}

function rowButtons({ state, campaign: { id }, username, canTakeBack }: WhoRow, words: Words): Button[][] {
  const label = { id: shorten(id, LONGEST_LABEL_ID) };
  if (state === "uncertain")
    return [
      [{ label: words.plain("button-who-resolve", label), choice: whoInCampaign("resolve", id, username) }],
    ];
  if (!canTakeBack) return [];
  return [[{ label: words.plain("button-who-back", label), choice: whoInCampaign("askBack", id, username) }]];
}

function doNotSendButtons(who: Who, page: number, words: Words): Button[] {
  const { asked, suppressed, unknown } = who;
  if (unknown.some(({ what }) => what === "doNotSend")) return [];
  const listed = new Set(suppressed.map(({ username }) => username));
  const block = namesNow(who).some((name) => !listed.has(name));
  return [
    ...(block ? [{ label: words.plain("button-who-block"), choice: whoChoice("block", asked, page) }] : []),
    ...(listed.size > 0
      ? [{ label: words.plain("button-who-allow"), choice: whoChoice("askAllow", asked, page) }]
      : []),
  ];
}

/** Whoever must not be written to is not offered. */
function writeButtons(who: Who, words: Words): Button[][] {
  const listed = new Set(who.suppressed.map(({ username }) => username));
  const left = new Set(who.people.filter(hasLeft).map(({ name }) => name));
  const open = namesNow(who).filter((name) => !listed.has(name) && !left.has(name) && isName(name));
  if (listed.size > 0 || (isUnknown(who) && !isName(who.asked))) return [];
  return open
    .slice(0, MOST_NAMES)
    .map((name) => [{ label: words.plain("button-who-write", { name }), choice: writeChoice(name) }]);
}

function hasLeft({ subscriber }: WhoPerson): boolean {
  return subscriber !== undefined && subscriber.state !== "active";
}

/** An id alone is no name that a list could have. */
function isName(name: string): boolean {
  return /[a-z_]/.test(name);
}

function turning(
  asked: string,
  { at, last }: { readonly at: number; readonly last: number },
  words: Words,
): Button[] {
  const to = (page: number, label: string): Button => ({ label, choice: whoChoice("page", asked, page) });
  return [
    ...(at > 0 ? [to(at - 1, words.plain("button-page-before"))] : []),
    ...(at < last ? [to(at + 1, words.plain("button-page-after"))] : []),
  ];
}

/** Before somebody who must not be written to may be again. @param now ms since the epoch */
export function allowQuestion(who: Who, now: number, words: Words): View {
  const names = words.codes(who.suppressed.map(({ username }) => username));
  const saidStop = who.suppressed.some(({ reason }) => reason !== "blocked");
  return {
    text: [words.say("who-allow-ask", { names }), ...(saidStop ? [words.say("who-allow-stop")] : [])].join(
      "\n",
    ),
    rows: [
      [{ label: words.plain("button-who-allow-yes"), choice: whoChoice("allow", who.asked, 0, now) }],
      [{ label: words.plain("button-who-keep"), choice: whoChoice("keep", who.asked) }],
    ],
  };
}

/** Before a message is taken back. @param now ms since the epoch */
export function backQuestion(
  { campaignId: id, username }: { readonly campaignId: string; readonly username: string },
  now: number,
  words: Words,
): View {
  return {
    text: words.say("who-back-ask", { id, username }),
    rows: [
      [
        {
          label: words.plain("button-amend-takeBack", { count: 1 }),
          choice: whoInCampaign("back", id, username, now),
        },
      ],
      [{ label: words.plain("button-who-keep"), choice: whoChoice("keep", username) }],
    ],
  };
}
