/** The program's own files, as the tests of its structure read them. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const src = join(import.meta.dirname, "../../src");

/** One import: paths below `src/`, or `package:<name>`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Paths below `src/` of every file that is no test. */
export function sourceFiles(): string[] {
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.replaceAll("\\", "/"));
}

export function textOf(file: string): string {
  return readFileSync(join(src, file), "utf8");
}

/** What a file says without its comments, one line a line. */
export function codeOf(file: string): string {
  return textOf(file)
    .replace(/\/\*.*?\*\//gs, (comment) => comment.replaceAll(/[^\n]/g, ""))
    .replace(/(^|\s)\/\/.*$/gm, "");
}

/** What a file imports, types included. */
export function importsOf(file: string): Import[] {
  const specifiers = [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.map((to) => ({
    from: file,
    to: to.startsWith(".") ? normalize(join(dirname(file), to)) : `package:${to}`,
  }));
}
