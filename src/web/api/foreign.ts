import type { Context } from "hono";
import type { Locale } from "../../words/locale.ts";
import type { Lexicon } from "../../words/words.ts";
import { acceptedLocale } from "./language.ts";
import { ApiProblem, problemResponse } from "./problem.ts";

/** The answer to a program on another computer or in a web page, in the language it asks for; undefined for other paths. */
export function foreignResponse(c: Context, lexicon: Lexicon, usual: Locale): Response | undefined {
  if (!c.req.path.startsWith("/api/")) return undefined;
  const locale = acceptedLocale(c.req.header("accept-language")) ?? usual;
  return problemResponse(new ApiProblem("foreign"), lexicon[locale]);
}
