/**
 * A source whose posts are made up, so that collecting by hashtag can be tried with no key and no network. What is found
 * by a search is the same in every run; people write several times, posts come again on later pages, pages come short,
 * and now and then one is empty although there is more, as real sources do.
 */
import type { Lead } from "../../domain/collecting/lead.ts";
import { leadOfPost } from "../../domain/collecting/post.ts";
import { parseSearch, termsOf } from "../../domain/collecting/search-terms.ts";
import type { Clock } from "../../lib/clock.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { draw, LATENCY_MS, personNumbered, POPULATION } from "./made-up-people.ts";
import type { Page, PageRequest, Source, SourceFault, SourceManifest } from "../source.ts";

const PAGE_SIZE = 100;
/** People who write about one thing: so few that many of them write more than once. */
const WRITERS = 400;
/** Between two posts, in ms; the newest is from the first minute of 2026. */
const STEP_MS = 97_000;
const NEWEST = Date.UTC(2026, 0, 1);
/** Rows that the page before has shown already, on every third page. */
const REPEATED = 6;

const SENTENCES = [
  "First try with {tag} this morning, and it went well",
  "Does anybody know a good place for {tag} around here?",
  "Three things I wish I had known about {tag} a year ago",
  "New video about {tag} is up, tell me what you think",
  "Unpopular opinion: {tag} is better without sugar",
];

const manifest: SourceManifest = {
  name: "simulator-posts",
  targetKind: "search",
  pageSize: PAGE_SIZE,
  channel: "simulator",
};

/** Opens the source; it holds nothing. */
export function openSimulatedPosts({ clock }: { readonly clock: Clock }): Source {
  return {
    manifest,
    parseTarget: (text) => parseSearch(withoutDirectionMarks(text)),
    async page(request, signal) {
      await clock.sleep(LATENCY_MS, signal);
      return pageFor(request);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function pageFor({ query, cursor }: PageRequest): Page | SourceFault {
  const number = cursor === undefined ? 0 : Number(cursor);
  const size = postsAbout(query);
  const pages = Math.ceil(size / PAGE_SIZE);
  if (!Number.isInteger(number) || number < 0 || number >= pages)
    return { kind: "badCursor", why: "cursorUnknown" };
  const places = placesOn(query, number, size);
  const next = number + 1 < pages ? { next: String(number + 1) } : {};
  return { kind: "page", leads: places.map((place) => postAt(query, place)), rows: places.length, ...next };
}

/** 700 to 2,600 posts. */
function postsAbout(query: string): number {
  return 700 + (draw(query, "posts") % 1900);
}

/** Every eleventh page is empty, every seventh comes short, every third begins with what came before. */
function placesOn(query: string, number: number, size: number): readonly number[] {
  const first = number * PAGE_SIZE;
  const full = Math.min(PAGE_SIZE, size - first);
  if (number > 0 && draw(query, `empty ${number}`) % 11 === 0) return [];
  const count = draw(query, `short ${number}`) % 7 === 0 ? Math.ceil(full / 2) : full;
  const isRepeating = number > 0 && draw(query, `again ${number}`) % 3 === 0;
  const back = isRepeating ? REPEATED : 0;
  return Array.from({ length: Math.min(PAGE_SIZE, count) }, (_, row) => first - back + row);
}

function postAt(query: string, place: number): Lead {
  const {
    id: authorId,
    username,
    displayName,
  } = personNumbered((draw(query, "writers") + (draw(query, `writer ${place}`) % WRITERS) * 13) % POPULATION);
  const likes = draw(query, `likes ${place}`) % 500;
  const id = `${draw(query, "posts")}${String(place).padStart(6, "0")}`;
  return leadOfPost({
    id,
    author: { id: authorId, username, name: displayName },
    text: textOf(query, place),
    language: "en",
    time: new Date(NEWEST - place * STEP_MS).toISOString(),
    likes,
    replies: likes % 7,
    reposts: likes % 5,
    quotes: likes % 3,
    views: likes * 20,
    url: `https://posts.example/${username}/${id}`,
  });
}

function textOf(query: string, place: number): string {
  const tag = termsOf(query)
    .map(({ kind, text }) => (kind === "hashtag" ? `#${text}` : text))
    .join(" ");
  const sentence = SENTENCES[draw(query, `text ${place}`) % SENTENCES.length] ?? "";
  return sentence.replace("{tag}", () => tag);
}
