import { expect, test } from "vitest";
import { createOutput } from "./output.ts";
import { plainWords } from "../../tests/support/plain-words.ts";

function terminal(isJson: boolean, columns?: number) {
  const printed = { out: "", err: "" };
  const sink = (name: "out" | "err") => ({
    write: (text: string) => void (printed[name] += text),
    ...(columns === undefined ? {} : { columns }),
  });
  const time = { now: 0 };
  const output = createOutput({
    out: sink("out"),
    err: sink("err"),
    isJson,
    now: () => time.now,
    words: plainWords,
  });
  return { printed, time, output };
}

/** What a terminal shows after what was printed: `\r` goes back, and the sequence after it clears the line. */
function shown(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\r\u001b[2K").at(-1))
    .join("\n");
}

test("on a terminal the progress is one line that is redrawn, below what is said", () => {
  const { printed, output } = terminal(false, 40);
  output.progress("1 of 3");
  output.say("Checkpoint loaded.");
  output.progress("2 of 3");
  expect(shown(printed.out)).toBe("Checkpoint loaded.\n2 of 3");
  output.end();
  output.say("Done.");
  expect(shown(printed.out)).toBe("Checkpoint loaded.\nDone.\n");
});

test("a line wider than the terminal is cut, because a wrapped one can't be redrawn", () => {
  const { printed, output } = terminal(false, 20);
  output.progress("x".repeat(100));
  expect(shown(printed.out)).toHaveLength(19);
});

test("without a terminal progress is a plain line now and then", () => {
  const { printed, time, output } = terminal(false);
  for (time.now = 0; time.now <= 12_000; time.now += 1000) output.progress(`after ${time.now / 1000} s`);
  expect(printed.out).toBe("after 5 s\nafter 10 s\n");
});

test("for machines there is JSON and nothing else, and complaints are apart", () => {
  const { printed, output } = terminal(true, 40);
  output.say("Hello");
  output.progress("1 of 3");
  output.record({ kind: "summary" });
  output.complain("It is full.");
  expect(printed).toEqual({ out: '{"kind":"summary"}\n', err: "It is full.\n" });
});
