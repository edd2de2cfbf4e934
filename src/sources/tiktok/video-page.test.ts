import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readVideoPage } from "./video-page.ts";

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
  const page = readVideoPage(body);
  expect(page).toMatchObject({ next: "30" });
  expect(page?.leads).toEqual([
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
  expect(readVideoPage({ data: { data: typed, nextCursor: 30 } })?.rows).toBe(4);
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
  expect(readVideoPage(body)).toEqual({ leads: [], rows: 0, next: "30" });
});

test("knows an empty end", () => {
  expect(readVideoPage({ search_item_list: [], has_more: 0 })).toEqual({ leads: [], rows: 0 });
});

test("tells the credits that are left", () => {
  expect(readVideoPage({ search_item_list: [], credits_remaining: 0 })?.creditsLeft).toBe(0);
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
  expect(readVideoPage({ search_item_list: [{ author }] })).toEqual({ leads: [], rows: 1 });
});

test("reads whatever a page may hold", () => {
  const odd = fc.jsonValue({ maxDepth: 4 });
  fc.assert(
    fc.property(odd, odd, odd, (row, cursor, data) => {
      const page = readVideoPage({ search_item_list: [row], cursor, data });
      expect(page?.rows).toBe(1);
      readVideoPage(data);
    }),
  );
});
