/** "Read it another way": what the operator says was read wrongly is asked, though the reader was sure of it. */
import type { ListChoices, ListSource, ReadFrom } from "../../../../app/lists/list-report.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";

const ways = ["column", "headerRow", "sheet", "encoding"] as const;
type Way = (typeof ways)[number];

/** No row of any file. */
const NO_ROW = Number.MAX_SAFE_INTEGER;

/** Tells what of a list's reading can be asked. */
export function waysOf(source: ListSource, { column, sheets }: ReadFrom): readonly Way[] {
  const isFile = source.kind === "file";
  if (!isFile && source.kind !== "text") return [];
  return ways.filter((way) => {
    switch (way) {
      case "column":
        return column !== undefined;
      case "headerRow":
        return true;
      case "sheet":
        return sheets !== undefined;
      case "encoding":
        return isFile && sheets === undefined;
    }
  });
}

/** Asks what was read wrongly; answers choices under which the reader asks for it, or undefined to leave it. */
export async function askAnotherWay(
  { dialogue }: Talk,
  { source, readFrom, choices }: { source: ListSource; readFrom: ReadFrom; choices: ListChoices },
): Promise<ListChoices | "back" | "cancel"> {
  const possible = waysOf(source, readFrom);
  for (;;) {
    await dialogue.ask((words) => ({
      text: words.say("ask-another-way"),
      rows: [
        ...possible.map((way) => [{ label: words.plain(`button-way-${way}`), choice: way }]),
        exits(words, "later"),
      ],
    }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const way = answer.kind === "button" ? possible.find((one) => one === answer.choice) : undefined;
    if (way) return choicesThatAsk(way, choices);
  }
}

/**
 * The choices so far without what depends on the way, and with an answer to it that fits nothing: that is asked about. The
 * column is chosen anew where its sheet, header or encoding is another.
 */
function choicesThatAsk(
  way: Way,
  { column: _column, headerRow, sheet, allSheets, encoding }: ListChoices,
): ListChoices {
  const sheets = {
    ...(sheet === undefined ? {} : { sheet }),
    ...(allSheets === undefined ? {} : { allSheets }),
  };
  const header = headerRow === undefined ? {} : { headerRow };
  const letters = encoding === undefined ? {} : { encoding };
  switch (way) {
    case "column":
      return { ...letters, ...sheets, ...header, column: "" };
    case "headerRow":
      return { ...letters, ...sheets, headerRow: NO_ROW };
    case "sheet":
      return { sheet: "" };
    case "encoding":
      return { encoding: "" };
  }
}
