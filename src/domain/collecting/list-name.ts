import type { ListName } from "./collection.ts";
import type { Target } from "./lead.ts";
import { targetKey } from "./lead.ts";

const LONGEST_SLUG = 40;

/**
 * Makes a list's name from its targets: readable, and the same for the same targets in whatever order. Where letters are
 * lost or there are several targets, a mark of eight digits keeps different targets apart.
 */
export function listNameOf(targets: readonly Target[]): ListName {
  const sorted = targets.toSorted((a, b) => (targetKey(a) < targetKey(b) ? -1 : 1));
  const [first] = sorted;
  const plain = `${first?.source ?? "list"}-${first?.query ?? ""}`.toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "")
    .slice(0, LONGEST_SLUG);
  const isPlain = first !== undefined && !first.query.includes("-");
  const isWhole = targets.length === 1 && isPlain && slug === plain.replaceAll(" ", "-");
  return isWhole ? slug : `${slug}-${mark(sorted.map(targetKey).join("\n"))}`;
}

/** FNV-1a in hexadecimal: enough to tell an operator's lists apart. */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
