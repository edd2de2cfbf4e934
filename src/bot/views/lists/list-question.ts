/** What a list leaves open, as a question with the file as it was read and a button for each answer. */
import type { ColumnSample, ListChoices, ListQuestion } from "../../../app/lists/list-report.ts";
import { quoted, shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { sampleTable } from "./sample-table.ts";
import type { Button, View } from "../view.ts";

/** One possible answer. */
interface Option {
  readonly label: string;
  readonly choices: ListChoices;
}

/** As many buttons as a phone shows above its keyboard. */
const PER_PAGE = 8;
const SHOWN_ROWS = 3;
const SHOWN_CELLS = 4;
const SHOWN_LINES = 3;
const LABEL_LENGTH = 24;

/** Shows a question from a page of its answers on, from 0. */
export function listQuestionView(question: ListQuestion, page: number, words: Words): View {
  const options = optionsOf(question, words);
  const from = page * PER_PAGE;
  const buttons = options
    .slice(from, from + PER_PAGE)
    .map(({ label }, index) => [{ label, choice: `a=${from + index}` }]);
  return {
    text: textOf(question, from, words),
    rows: [...buttons, ...pageRows(options.length, page, words)],
  };
}

/** The choices that a button of {@link listQuestionView} makes; undefined for any other. */
export function choicesOf(question: ListQuestion, choice: string, words: Words): ListChoices | undefined {
  const [, index] = /^a=(\d+)$/.exec(choice) ?? [];
  return index === undefined ? undefined : optionsOf(question, words)[Number(index)]?.choices;
}

/** The page that a button turns to; undefined for any other. */
export function pageOf(choice: string): number | undefined {
  const [, page] = /^p=(\d+)$/.exec(choice) ?? [];
  return page === undefined ? undefined : Number(page);
}

function pageRows(count: number, page: number, words: Words): Button[][] {
  if (count <= PER_PAGE) return [];
  const last = Math.ceil(count / PER_PAGE) - 1;
  return [
    [
      ...(page > 0 ? [{ label: words.plain("button-page-before"), choice: `p=${page - 1}` }] : []),
      ...(page < last ? [{ label: words.plain("button-page-after"), choice: `p=${page + 1}` }] : []),
    ],
  ];
}

function optionsOf(question: ListQuestion, words: Words): readonly Option[] {
  switch (question.ask) {
    case "column":
      return candidates(question).map(({ column, number }) => ({
        label: labelOf(column.name, column.samples[0], words),
        choices: { column: column.name.length < LONGEST_NAME ? column.name : String(number) },
      }));
    case "sheet":
      return [
        ...question.sheets.map(({ name }) => ({
          label: shorten(name, LABEL_LENGTH),
          choices: { sheet: name },
        })),
        {
          label: words.plain(question.among === "lists" ? "button-all-lists" : "button-all-sheets"),
          choices: { allSheets: true },
        },
      ];
    case "headerRow":
      return [
        ...question.table.rows.map(({ line, cells }) => ({
          label: words.plain("button-line", { line, text: rowLabel(cells) }),
          choices: { headerRow: line },
        })),
        { label: words.plain("button-no-header"), choices: { headerRow: 0 } },
      ];
    case "encoding":
      return question.encodings.map(({ encoding }) => ({ label: encoding, choices: { encoding } }));
  }
}

/** Names that may have been cut on the way here don't name their column any more; its number does. */
const LONGEST_NAME = 200;

interface Candidate {
  readonly column: ColumnSample;
  /** From 1. */
  readonly number: number;
}

/** The columns that may hold names; all of them where none may or one was asked for, since somebody knows better. */
function candidates({ why, table }: Extract<ListQuestion, { ask: "column" }>): readonly Candidate[] {
  const all = table.columns.map((column, at) => ({ column, number: at + 1 }));
  if (why === "notThere") return all;
  const some = all.filter(({ column }) => column.mayBeNames);
  return some.length > 0 ? some : all;
}

function labelOf(name: string, sample: string | undefined, words: Words): string {
  const title = shorten(name.trim(), LABEL_LENGTH);
  const shown = sample?.trim() ?? "";
  return shown === ""
    ? title
    : words.plain("button-column", { column: title, sample: shorten(shown, LABEL_LENGTH) });
}

function rowLabel(cells: readonly string[]): string {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return shorten(filled.join(" · "), LABEL_LENGTH + SHOWN_CELLS);
}

function textOf(question: ListQuestion, from: number, words: Words): string {
  const sheet = "sheet" in question && question.sheet !== undefined ? question.sheet : undefined;
  const head = [
    question.ask === "sheet" && question.among === "lists"
      ? words.say("ask-list-in-json", { count: question.sheets.length })
      : words.say(`ask-list-${question.ask}`),
    ...(question.ask === "column" ? [words.say(`ask-column-${question.why}`)] : []),
    ...(sheet === undefined ? [] : [words.say("ask-list-in-sheet", { sheet: shorten(sheet, LABEL_LENGTH) })]),
  ].join("\n");
  return `${head}\n\n${sampleOf(question, from, words)}`;
}

function sampleOf(question: ListQuestion, from: number, words: Words): string {
  switch (question.ask) {
    case "column":
      return columnTable(question, from, words);
    case "sheet":
      return question.sheets
        .slice(from, from + PER_PAGE)
        .map(({ name, rowCount, samples }) =>
          words.say(question.among === "lists" ? "list-sample" : "sheet-sample", {
            sheet: shorten(name, LABEL_LENGTH),
            count: rowCount,
            samples: words.codes(samples),
          }),
        )
        .join("\n");
    case "headerRow":
      return sampleTable(
        question.table.rows.map(({ line, cells }) => [String(line), ...cells.slice(0, SHOWN_CELLS)]),
        words,
      );
    case "encoding":
      return question.encodings
        .slice(from, from + PER_PAGE)
        .map(({ encoding, lines }) =>
          [words.say("encoding-sample", { encoding }), quoted(lines.slice(0, SHOWN_LINES).join("\n"))].join(
            "\n",
          ),
        )
        .join("\n");
  }
}

/** The first rows, each column of them on a line of its own: so a table of any width fits. */
function columnTable(question: Extract<ListQuestion, { ask: "column" }>, from: number, words: Words): string {
  const rows = question.table.rows.slice(0, SHOWN_ROWS);
  const shown = candidates(question).slice(from, from + PER_PAGE);
  const lines = shown.map(({ column, number }) => [
    String(number),
    ...(rows.length > 0 ? rows.map(({ cells }) => cells[number - 1] ?? "") : column.samples),
  ]);
  const numbers = ["", ...rows.map(({ line }) => words.plain("column-line", { line }))];
  return sampleTable([...(rows.length > 0 ? [numbers] : []), ...lines], words);
}
