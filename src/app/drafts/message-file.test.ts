import { describe, expect, test } from "vitest";
import { plainWords } from "../../../tests/support/plain-words.ts";
import { errorText } from "../../words/trouble-text.ts";
import { messageTextOf } from "./message-file.ts";

/** What an operator reads of a file that can't be used. */
function saidOf(bytes: Uint8Array): string {
  try {
    return messageTextOf(bytes, "hello.txt");
  } catch (error) {
    return errorText(error, plainWords);
  }
}

const HELLO = "سلام {{username}}، این هفته به ما سر بزنید";
const utf16 = Buffer.from(HELLO, "utf16le");
const mark = Buffer.from([0xff, 0xfe]);

/** The same sentence as older Windows programs write Persian down. */
const windows1256 = Buffer.from(
  "d3e1c7e3207b7b757365726e616d657d7da120c7ede420e5ddcae520c8e520e3c720d3d120c8d2e4edcf",
  "hex",
);

test.each([
  ["UTF-8", Buffer.from(HELLO)],
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${HELLO}\r\n`)],
  ["UTF-16", Buffer.concat([mark, utf16])],
  ["UTF-16 without a mark", utf16],
  ["UTF-16 the other way round", Buffer.concat([mark, utf16]).swap16()],
  ["Windows-1256", windows1256],
])("reads a message in %s as it was written", (_, bytes) => {
  expect(messageTextOf(bytes, "hello.txt")).toBe(HELLO);
});

describe("refuses what it would have to guess, with what to do", () => {
  test.each([
    ["a stray byte", Buffer.concat([Buffer.from(`${HELLO}\n${HELLO} `), Buffer.from([0xff])])],
    ["letters of no alphabet", Buffer.from([0xd3, 0xff, 0x41, 0xfe, 0x81])],
    ["a zero byte", Buffer.from("Hello, dear people\0 and all who read this")],
    ["a zero byte among few letters", Buffer.from("hi\0there")],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
  ])("%s", (_, bytes) => {
    expect(saidOf(bytes)).toMatch(/^hello\.txt [^\uFFFD]*Save it as UTF-8 text\.$/);
  });
});

test("an empty file is an empty message, for others to refuse", () => {
  expect(messageTextOf(Buffer.from(""), "hello.txt")).toBe("");
});
