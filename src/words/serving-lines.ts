/** What a process that serves says of itself. */
import type { ServingNews } from "../app/serving.ts";
import type { Words } from "./words.ts";

export function servingLines(
  news: Exclude<ServingNews, { readonly kind: "failed" }>,
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
