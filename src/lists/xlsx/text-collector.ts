/** What a cell of Excel holds at most, in UTF-16 units. */
const LONGEST_CELL = 32_767;

/** Puts together the text of one element after another; a longer one than Excel has is cut as Excel cuts it. */
export interface TextCollector {
  open(name: string): void;
  text(text: string): void;
  /** Answers the text when the element that was waited for has ended. */
  close(name: string): string | undefined;
}

/**
 * Collects what is shown of rich text: its runs, without the hints on how to pronounce them.
 * @param whole The element that holds the text: `si` or `is`
 */
export function createTextCollector(whole: "si" | "is"): TextCollector {
  let isText = false;
  let isHint = false;
  let collected = "";
  return {
    open(name) {
      if (name === whole) collected = "";
      else if (name === "rPh") isHint = true;
      else if (name === "t") isText = !isHint;
    },
    text(text) {
      if (isText) collected = joined(collected, text);
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "rPh") isHint = false;
      else if (name === whole) return unescaped(collected);
      return undefined;
    },
  };
}

/** Joins pieces of a cell's text, up to what a cell holds. */
export function joined(text: string, piece: string): string {
  if (text === "" && piece.length <= LONGEST_CELL) return piece;
  return text.length >= LONGEST_CELL ? text : (text + piece).slice(0, LONGEST_CELL);
}

/**
 * Reads control characters, which XML can't hold, as Excel writes them: `_x000D_`; `_x005F_` is the underscore of a text
 * that only looks so. Other escapes are left as they are: only a text that means them would hold them.
 */
export function unescaped(text: string): string {
  if (!text.includes("_x00")) return text;
  return text.replaceAll(/_x00(?:([01][0-9A-F])|5F)_/gi, (_, control?: string) =>
    control === undefined ? "_" : String.fromCharCode(parseInt(control, 16)),
  );
}
