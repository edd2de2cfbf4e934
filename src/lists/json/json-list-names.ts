import { headerWord } from "../table/header-words.ts";
import type { RowSource } from "../row.ts";

/** Names of lists whose people are not to be written to, as words in the path to them. */
const NOT_TO_WRITE_TO =
  /exclu|block|unsubscri|opt(?:ed)?[ _-]?out|suppress|do[ _-]?not|dnc|black ?list|blacklist|banned|ban(?:s)?$|kicked|removed|deleted|left|muted|ignored?|skip|bounced?|complain|spam|restricted|unfollow|declined|rejected|invalid|failed|already|sent|done|no[ _-]?contact/i;

/** Parts of documents that hold other things. */
const NOT_PEOPLE =
  /(?:^|[._ ])(?:tweets|media|places|polls|errors|warnings|tags|labels|columns|fields|headers?|keys|ids?|links|urls|hashtags|entities|photos|images|messages|posts|comments|events|logs|versions|permissions|scopes|roles|groups|categories|countries|cities)$/i;

/** `people`: its elements say who they are. `notToWriteTo`: it says not to. `unclear`: it may hold people. */
export type ListKind = "people" | "notToWriteTo" | "notPeople" | "unclear";

/** Says what a list inside a JSON document holds, by its path and its columns. */
export function listKind({ name = "", header }: RowSource): ListKind {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2");
  if (NOT_TO_WRITE_TO.test(words)) return "notToWriteTo";
  if (header?.length === 0) return "notPeople";
  if (header?.some((title) => headerWord(title) === "sure") === true) return "people";
  if (NOT_PEOPLE.test(words)) return "notPeople";
  const word = headerWord(name.slice(name.lastIndexOf(".") + 1));
  if (word === "sure" || word === "possible") return "people";
  return "unclear";
}
