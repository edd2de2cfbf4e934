/** What a process that serves says of itself. */
import type { ServingNews } from "../app/serving.ts";
import { reasonText } from "./reason-text.ts";
import type { Words } from "./words.ts";

/** Why nothing goes on, with the database's own words: they name the host that was asked. */
export function waitingLine(
  { why, said }: Omit<Extract<ServingNews, { readonly kind: "waiting" }>, "kind">,
  words: Words,
): string {
  return words.plain("cli-waiting", { reason: reasonText(why, words), said });
}

export function servingLines(
  news: Exclude<ServingNews, { readonly kind: "failed" | "waiting" }>,
  words: Words,
): readonly string[] {
  if (news.kind === "stopping") return [words.plain("cli-stopping")];
  const { part, pageUrl, monitorUrl, worker } = news;
  return [
    ...(part === "worker" ? [] : [chatLine(pageUrl, words)]),
    ...(worker === undefined ? [] : [words.plain(`cli-greet-${part}`, { worker })]),
    ...(monitorUrl === undefined
      ? []
      : [words.plain("cli-greet-monitor", { url: monitorUrl }), words.plain("cli-greet-key")]),
    words.plain(part === "everything" && worker === undefined ? "cli-greet-stop" : "cli-greet-stop-shared"),
  ];
}

const chatLine = (pageUrl: string | undefined, words: Words): string =>
  pageUrl === undefined
    ? words.plain("cli-greet-telegram")
    : words.plain("cli-greet-playground", { url: pageUrl });
