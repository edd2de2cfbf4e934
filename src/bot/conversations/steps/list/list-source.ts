/** From what an operator sent to a list's source: pasted text, maybe in several parts, or a file fetched to this disk. */
import type { ListSource } from "../../../../app/lists/list-report.ts";
import { MOST_UPLOAD_BYTES } from "../../../uploads.ts";
import { listProblemText } from "../../../views/lists/list-report.ts";
import type { Answer } from "../../answer.ts";
import type { Note, Talk } from "../../step.ts";
import { exits } from "../../step.ts";

/** Telegram cuts a long text into messages of 4096 characters; one this long is likely not all of it. */
const LIKELY_CUT = 4000;

export type Given =
  | { readonly kind: "source"; readonly source: ListSource }
  | { readonly kind: "note"; readonly note: Note }
  /** The operator turned to something else. */
  | { readonly kind: "answer"; readonly answer: Extract<Answer, { kind: "button" }> };

/** Makes a source of an answer. */
export async function sourceFrom(talk: Talk, answer: Answer): Promise<Given> {
  switch (answer.kind) {
    case "button":
      return { kind: "answer", answer };
    case "text":
      return answer.text.length < LIKELY_CUT ? pasted([answer.text]) : collectParts(talk, answer.text);
    case "document":
      return fetchDocument(talk, answer);
    case "picture":
      return { kind: "note", note: (words) => words.say("problem-picture") };
    case "other":
      return { kind: "note", note: (words) => words.say(`problem-${answer.what}`) };
  }
}

function pasted(parts: readonly string[]): Given {
  return { kind: "source", source: { kind: "text", text: parts.join("\n") } };
}

async function collectParts(talk: Talk, first: string): Promise<Given> {
  const parts = [first];
  for (;;) {
    await talk.dialogue.ask((words) => ({
      text: words.say("list-part", { parts: parts.length }),
      rows: [[{ label: words.plain("button-done"), choice: "done" }], exits(words, "later")],
    }));
    const answer = await talk.dialogue.next();
    if (answer.kind === "button")
      return answer.choice === "done" ? pasted(parts) : { kind: "answer", answer };
    if (answer.kind !== "text") return sourceFrom(talk, answer);
    parts.push(answer.text);
    if (answer.text.length < LIKELY_CUT) return pasted(parts);
  }
}

type SentDocument = Extract<Answer, { kind: "document" }>;

async function fetchDocument({ dialogue, parts }: Talk, sent: SentDocument): Promise<Given> {
  if (sent.size !== undefined && sent.size > MOST_UPLOAD_BYTES) return tooBig;
  const fetched = await dialogue.perform(async (context) => {
    await context.replyWithChatAction("typing").catch(() => undefined);
    return parts.uploads.fetch(context.api, sent.fileId, context.work);
  });
  if (!fetched.ok)
    return fetched.problem === "tooBig"
      ? tooBig
      : { kind: "note", note: (words) => words.say("problem-notFetched") };
  const mimeType = sent.mimeType === undefined ? {} : { mimeType: sent.mimeType };
  return { kind: "source", source: { kind: "file", path: fetched.path, name: sent.name, ...mimeType } };
}

const tooBig: Given = {
  kind: "note",
  note: (words) =>
    listProblemText({ kind: "problem", problem: "tooBig", maxBytes: MOST_UPLOAD_BYTES }, words),
};
