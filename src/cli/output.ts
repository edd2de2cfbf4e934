/**
 * What a command prints: lines for people with a bar that is redrawn in place, or JSON lines for machines. Nothing that
 * comes from a list, a platform or a file reaches the terminal as a command to it.
 */
import { problemText, terminalJson, terminalText } from "../lib/text/plain-text.ts";
import type { TextSink } from "./program-parts.ts";
import type { Words } from "../words/words.ts";
import { withReasons } from "./with-reasons.ts";

export interface Output {
  readonly isJson: boolean;
  /** Says a line to people; machines don't get it. */
  say(line: string): void;
  /** Says what went wrong, to both. */
  complain(line: string): void;
  /** Gives machines one object; people don't get it. */
  record(value: object): void;
  /** Shows how far it is, in place on a terminal, as a line now and then elsewhere. */
  progress(line: string): void;
  /** Takes the line of progress away before the program ends. */
  end(): void;
  /** Puts a piece of a file on standard output, which then holds nothing else. */
  pour(piece: string | Uint8Array): Promise<void>;
}

export interface OutputParts {
  readonly out: TextSink;
  readonly err: TextSink;
  readonly isJson: boolean;
  /** ms since the epoch */
  readonly now: () => number;
  /** Words the reasons in what machines are given. */
  readonly words: Pick<Words, "plain">;
}

/** Where lines can't be redrawn, progress is said this often, in ms. */
const PLAIN_EVERY_MS = 5000;

const CLEAR_LINE = "\r\u001b[2K";

export function createOutput({ out, err, isJson, now, words }: OutputParts): Output {
  const pour = async (piece: string | Uint8Array): Promise<void> =>
    out.pour ? out.pour(piece) : out.write(typeof piece === "string" ? piece : Buffer.from(piece).toString());
  if (isJson)
    return {
      pour,
      isJson,
      say: () => undefined,
      complain: (line) => err.write(`${problemText(line)}\n`),
      record: (value) => out.write(`${terminalJson(withReasons(value, words))}\n`),
      progress: () => undefined,
      end: () => undefined,
    };
  const bar = out.columns === undefined ? plainBar(out, now) : redrawnBar(out, out.columns);
  return {
    isJson,
    pour,
    say: (line) => bar.above(() => out.write(`${terminalText(line, out.isBidirectional)}\n`)),
    complain: (line) => bar.above(() => err.write(`${problemText(line, err.isBidirectional)}\n`)),
    record: () => undefined,
    progress: (line) => bar.show(terminalText(line)),
    end: () => bar.clear(),
  };
}

interface Bar {
  show(line: string): void;
  above(print: () => void): void;
  clear(): void;
}

function redrawnBar(out: TextSink, columns: number): Bar {
  let shown = "";
  const clear = (): void => {
    if (shown !== "") out.write(CLEAR_LINE);
    shown = "";
  };
  return {
    show(line) {
      const cut = line.slice(0, Math.max(10, columns - 1));
      if (cut === shown) return;
      out.write(CLEAR_LINE + cut);
      shown = cut;
    },
    above(print) {
      const before = shown;
      clear();
      print();
      if (before !== "") out.write((shown = before));
    },
    clear,
  };
}

function plainBar(out: TextSink, now: () => number): Bar {
  let [saidAt, said] = [now(), ""];
  return {
    show(line) {
      if (now() - saidAt < PLAIN_EVERY_MS || line === said) return;
      out.write(`${line}\n`);
      [saidAt, said] = [now(), line];
    },
    above: (print) => print(),
    clear: () => undefined,
  };
}
