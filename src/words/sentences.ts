/**
 * The sentences of locales/, found by their ids. A language is read when the first of its sentences is said, and once a
 * process: the files are the program's own, and whoever says nothing in a language needn't read it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { sentenceFunctions } from "../lib/text/direction.ts";
import type { Locale } from "./locale.ts";

type Variables = Readonly<Record<string, string | number>>;

const FOLDER = join(import.meta.dirname, "../../locales");

const read = new Map<Locale, FluentBundle>();

/**
 * Says a sentence in a language, without markup of its own.
 * @returns The id in braces where there is no such sentence. Throws when the language's file is missing or broken
 */
export function sentence(locale: Locale, id: string, variables: Variables): string {
  const bundle = read.get(locale) ?? readLanguage(locale);
  const pattern = bundle.getMessage(id)?.value;
  return pattern ? bundle.formatPattern(pattern, variables) : `{${id}}`;
}

function readLanguage(locale: Locale): FluentBundle {
  const bundle = new FluentBundle(locale, { useIsolating: false, functions: sentenceFunctions });
  const [problem] = bundle.addResource(
    new FluentResource(readFileSync(join(FOLDER, `${locale}.ftl`), "utf8")),
  );
  if (problem) throw problem;
  read.set(locale, bundle);
  return bundle;
}
