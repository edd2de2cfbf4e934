/**
 * What is collected: people, each by one stable id. Owns the words of collecting: a lead, a target, how a page ends a
 * target, and how a request for an exact number ends.
 */

/** One person, or one post with who wrote it, as a source shows them. */
export interface Lead {
  /** The platform's own stable id: renames don't make a second lead. Always text: ids have up to 19 digits. */
  readonly id: string;
  /** The name at the moment it was seen, normalised where it is a username. */
  readonly username: string;
  readonly displayName?: string;
  /** What the source tells beside (followers, video, reply text), for the export; short. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Where a list's leads come from: a source, and the text that names one of its targets. */
export interface Target {
  /** Name of a source: `x-followers`, `x-repliers`, `tiktok`, `bluesky-followers` … */
  readonly source: string;
  /** As the source spells it: a name, the id of a post, keywords. */
  readonly query: string;
}

/**
 * Why a target gives nothing more for now. Only `exhausted` means that the source says so itself; `unclear`: it says
 * that there is more, and not where, or contradicts itself.
 */
export type TargetEnd =
  | "exhausted"
  | "noNewPeople"
  | "emptyPages"
  | "cursorLoop"
  | "unclear"
  | "gone"
  /** It is another target of the list under another name, which goes on in its place. */
  | "twin";

/** Tells whether a target with this end is asked again by the next request, at the place where it stopped. */
export function canGoOn(end: TargetEnd | undefined): boolean {
  return end !== "exhausted" && end !== "cursorLoop" && end !== "twin";
}

/** Why a request for a number of leads ended. */
export type CollectionEnd =
  | "targetReached"
  | "sourceExhausted"
  | "noNewPeople"
  | "emptyPages"
  | "cursorLoop"
  | "unclear"
  | "targetGone"
  | "callLimit"
  | "creditsGone"
  | "accessLost"
  | "cancelled";

/** Tells whether a source's leads are posts; its name says so. */
export function isOfPosts(source: string): boolean {
  return source.endsWith("-posts");
}

/**
 * The platform that gave a lead its id: what a source's name says before its first dash. Followers and repliers on X
 * share their ids, so one who is both is one lead; the same number on two platforms is two people.
 */
export function platformOf(source: string): string {
  return source.split("-", 1)[0] ?? source;
}

/** What a lead is called in every store: the platform and its id there, `x:19`; of a post `x-post:19`. */
export function leadIdOf(source: string, { id }: Lead): string {
  return isOfPosts(source) ? `${platformOf(source)}-post:${id}` : `${platformOf(source)}:${id}`;
}

/** Names a target in files and commands: `followers_<name>`, `commenters_<post id>` … */
export function targetKey({ source, query }: Target): string {
  switch (source) {
    case "x-followers":
      return `followers_${query}`;
    case "x-repliers":
      return `commenters_${query}`;
    default:
      return `${source.replaceAll("-", "_")}_${query}`;
  }
}
