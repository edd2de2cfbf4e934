import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readVideoPage } from "./video-page.ts";

/** A page as it is, whatever is said of what comes after it. */
function shown(body: unknown) {
  const page = readVideoPage(body);
  return page?.kind === "unclear" ? page.page : page;
}

const mira = {
  uid: "7300000000000001017",
  unique_id: "Mira.Brews",
  nickname: "Mira Brews",
  follower_count: 1520,
};
const tomas = { uid: "7300000000000002025", unique_id: "Tomas_Roasts", nickname: "☕ Tomás" };
const videos = [
  {
    aweme_id: "7400000000000000101",
    author_user_id: 7_300_000_000_000_001_000,
    author: mira,
    url: "https://www.tiktok.com/@somebody.else/video/1",
  },
  { aweme_id: "7400000000000000102", author: mira },
  { aweme_id: null, author: tomas, statistics: null },
];
const wrapped = videos.map((video) => ({ aweme_info: video }));
const typed = [...videos.map((video) => ({ type: 1, aweme_info: video })), { type: 4, user_list: null }];

const shapes = [
  ["ScrapeCreators, full", { search_item_list: wrapped, cursor: 30, has_more: 1 }],
  ["ScrapeCreators, trimmed", { success: true, search_item_list: videos, cursor: 30 }],
  ["ScrapeCreators, hashtags", { aweme_list: videos, cursor: 30, has_more: 1 }],
  ["SociaVault, a list", { success: true, data: { search_item_list: wrapped, cursor: 30 } }],
  [
    "SociaVault, an object",
    { data: { search_item_list: Object.fromEntries(wrapped.entries()), cursor: "30", has_more: true } },
  ],
  ["EnsembleData", { data: { data: typed, nextCursor: 30 } }],
] as const;

test.each(shapes)("reads the authors of %s", (_name, body) => {
  expect(readVideoPage(body)).toMatchObject({ kind: "page", next: "30" });
  expect(shown(body)?.leads).toEqual([
    {
      id: mira.uid,
      username: "mira.brews",
      displayName: "Mira Brews",
      details: { followers: "1520", video: "https://www.tiktok.com/@Mira.Brews/video/7400000000000000101" },
    },
    expect.objectContaining({ id: mira.uid }),
    { id: tomas.uid, username: "tomas_roasts", displayName: "☕ Tomás" },
  ]);
});

test("counts every row, also one that is no video", () => {
  const page = shown({ data: { data: typed, nextCursor: 30 } });
  expect(page).toMatchObject({ rows: 4 });
  expect(page).not.toHaveProperty("unreadable");
});

test.each([
  { search_item_list: wrapped },
  { search_item_list: wrapped, cursor: null },
  { search_item_list: wrapped, cursor: 30, has_more: 0 },
  { search_item_list: wrapped, cursor: 30, has_more: false },
  { data: { data: typed } },
  { data: { search_item_list: wrapped, cursor: 30, has_more: 0 } },
])("knows the last page, example %#", (body) => {
  expect(readVideoPage(body)).not.toHaveProperty("next");
});

test.each([
  { search_item_list: [], cursor: 30, has_more: 1 },
  { search_item_list: null, cursor: 30 },
  { success: true, data: { cursor: 30 } },
])("goes on after an empty page that names the next, example %#", (body) => {
  expect(readVideoPage(body)).toEqual({ kind: "page", leads: [], rows: 0, next: "30" });
});

test("takes ids that are exact numbers for ids", () => {
  const author = { ...mira, uid: 7_300_000_001 };
  expect(shown({ search_item_list: [{ author }] })?.leads).toMatchObject([{ id: "7300000001" }]);
});

test.each([
  [{ search_item_list: wrapped, has_more: 1 }, "30"],
  [{ search_item_list: wrapped, cursor: null, has_more: true }, undefined],
  [{ search_item_list: wrapped, cursor: "", has_more: "1" }, undefined],
  [{ search_item_list: wrapped, cursor: {}, has_more: 1 }, undefined],
  [{ search_item_list: wrapped, cursor: 1e30 }, undefined],
  [{ data: { search_item_list: wrapped, cursor: [30], has_more: true } }, undefined],
  [{ search_item_list: [], has_more: 1 }, undefined],
  [{ search_item_list: [], cursor: 30, has_more: 1 }, "30"],
  [{ search_item_list: [], cursor: 0, has_more: 1 }, "30"],
  [{ data: { data: [] } }, "30"],
])(
  "never takes what does not say where it goes on for an end, nor for a way on, example %#",
  (body, asked) => {
    const page = readVideoPage(body, asked);
    expect(page).toMatchObject({ kind: "unclear", why: expect.stringMatching(/\S/) });
    const rows = page?.kind === "unclear" ? page.page?.rows : undefined;
    expect(rows).toBe(JSON.stringify(body).includes("aweme_info") ? 3 : 0);
  },
);

test.each([
  { success: false, search_item_list: [], has_more: 0 },
  { success: false, data: { search_item_list: [], has_more: 0 } },
  { error: "session expired", search_item_list: [] },
  { errors: [{ message: "busy" }], search_item_list: null, has_more: 0 },
  { status_code: 2483, search_item_list: [], has_more: 0 },
  { success: false, message: "busy" },
])("takes a failure inside a success for what it is, example %#", (body) => {
  expect(readVideoPage(body)).toMatchObject({ kind: "unclear", why: "dataEmptyFailure" });
});

test("believes people whatever is said beside them", () => {
  expect(readVideoPage({ success: false, search_item_list: wrapped, has_more: 0 })).toMatchObject({
    kind: "page",
    rows: 3,
  });
});

test("knows an empty end", () => {
  expect(readVideoPage({ search_item_list: [], has_more: 0 })).toEqual({ kind: "page", leads: [], rows: 0 });
});

test("tells the credits that are left", () => {
  expect(shown({ search_item_list: [], credits_remaining: 0 })?.creditsLeft).toBe(0);
});

test.each([undefined, null, "busy", 7, [], {}, { success: true }, { message: "hi" }, { data: null }])(
  "takes %j for no page",
  (body) => {
    expect(readVideoPage(body)).toBeUndefined();
  },
);

test.each([
  { uid: 7_300_000_000_000_001_000, unique_id: "a_number" },
  { uid: "0", unique_id: "nobody" },
  { uid: "7300000000000001017", unique_id: "" },
  { uid: "7300000000000001017", unique_id: null },
  { unique_id: "no_id" },
  null,
])("makes no lead of the author %j", (author) => {
  const sample = JSON.stringify({ author });
  expect(shown({ search_item_list: [{ author }] })).toMatchObject({ leads: [], unreadable: 1, sample });
});

test("reads whatever a page may hold", () => {
  const odd = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(odd, odd, odd, (row, cursor, data) => {
      expect(shown({ search_item_list: [row], cursor, data })?.rows).toBe(1);
      readVideoPage(data);
    }),
  );
});
