import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

test("reads what older Persian programs wrote", () => {
  expect(decodeText(Buffer.from([0xd3, 0xe1, 0xc7, 0xe3]))).toEqual({
    text: "سلام",
    encoding: "windows-1256",
  });
});

test("never answers replacement characters", () => {
  const bad = Buffer.from("Hi\nthere \xFF", "latin1");
  expect(decodeText(bad, "utf-8")).toEqual({ problem: "unreadable", line: 2 });
  expect(decodeText(bad, "klingon")).toEqual({ problem: "unknownEncoding" });
});
