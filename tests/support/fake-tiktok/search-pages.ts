/** The pages a keyword search gives: drawn from a seed once, so that the same cursor always holds the same rows. */
import { seededRandom } from "../loopback-server.ts";

export interface Creator {
  readonly uid: string;
  readonly name: string;
}

export interface Video {
  readonly id: string;
  readonly creator: Creator;
}

export interface SearchPage {
  /** What asks for this page. */
  readonly cursor: number;
  readonly videos: readonly Video[];
  /** Absent on the last page. */
  readonly next?: number;
}

export interface SearchOptions {
  readonly seed: number;
  /** Different people that the search finds in all. */
  readonly creators: number;
  /** Share of rows, 0 to 1, that bring somebody or something again; by default 0.3. */
  readonly duplicates?: number;
  /** Share of pages, 0 to 1, that hold nothing although the search goes on; by default 0.05. */
  readonly emptyPages?: number;
}

/** Larger than what a JSON number can hold exactly. */
const FIRST_UID = 7_300_000_000_000_001_017n;
const FIRST_VIDEO = 7_400_000_000_000_000_101n;

/** Answers who a search finds, in the order of their first video. */
export function creatorsOf({ seed, creators }: SearchOptions): Creator[] {
  return Array.from({ length: creators }, (_, index) => ({
    uid: String(FIRST_UID + BigInt(seed) * 1_000_003n + BigInt(index) * 1_009n),
    name: `Creator.${seed}_${index + 1}`,
  }));
}

/** Pages of 10 to 30 videos, some short, some empty; the cursor counts what TikTok left out as well. */
export function searchPages(options: SearchOptions): readonly SearchPage[] {
  const random = seededRandom(options.seed);
  const rows = rowsOf(options, random);
  const pages: SearchPage[] = [];
  let cursor = 0;
  for (let start = 0; start < rows.length || pages.length === 0;) {
    const nominal = 10 + Math.floor(random() * 21);
    const isEmpty = pages.length > 0 && random() < (options.emptyPages ?? 0.05);
    const size = isEmpty ? 0 : nominal - Math.floor(random() * 5);
    const videos = rows.slice(start, start + size);
    start += size;
    const next = start < rows.length ? { next: cursor + nominal } : {};
    pages.push({ cursor, videos, ...next });
    cursor += nominal;
  }
  return pages;
}

/** Everybody's first video in order, and between them videos of those who came before, some for the second time. */
function rowsOf(options: SearchOptions, random: () => number): Video[] {
  const videos: Video[] = [];
  const draw = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const publish = (creator: Creator): void => {
    videos.push({
      id: String(FIRST_VIDEO + BigInt(options.seed) * 1_000_003n + BigInt(videos.length)),
      creator,
    });
  };
  for (const creator of creatorsOf(options)) {
    publish(creator);
    while (random() < (options.duplicates ?? 0.3)) {
      const again = draw(videos);
      if (again && random() < 0.5) videos.push(again);
      else if (again) publish(again.creator);
    }
  }
  return videos;
}
