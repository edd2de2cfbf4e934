import { expect, test } from "vitest";
import { pictureOf } from "./picture.ts";

/** A header, with room behind it. */
function header(hex: string): Uint8Array {
  return Buffer.concat([Buffer.from(hex, "hex"), Buffer.alloc(64)]);
}

test("reads the size of each kind of picture", () => {
  const png = header("89504e470d0a1a0a0000000d49484452000001400000 00f0".replace(" ", ""));
  expect(pictureOf(png)).toEqual({ mimeType: "image/png", width: 320, height: 240 });
  expect(pictureOf(header("474946383961400101 00".replace(" ", "")))).toMatchObject({
    mimeType: "image/gif",
    width: 320,
  });
  const jpeg = header("ffd8ffe000044a46ffc0001108 00f00140".replace(" ", ""));
  expect(pictureOf(jpeg)).toEqual({ mimeType: "image/jpeg", width: 320, height: 240 });
  const webp = Buffer.concat([
    Buffer.from("RIFF0000WEBPVP8X"),
    Buffer.alloc(8),
    Buffer.from([63, 1, 0, 239, 0, 0]),
  ]);
  expect(pictureOf(webp)).toEqual({ mimeType: "image/webp", width: 320, height: 240 });
});

test("answers nothing for anything else", () => {
  expect(pictureOf(new Uint8Array())).toBeUndefined();
  expect(pictureOf(header("255044462d312e37"))).toBeUndefined();
  expect(pictureOf(Buffer.from("username\nali\nreza\nsara\nnima\n"))).toBeUndefined();
  expect(pictureOf(Buffer.concat([Buffer.from("ffd8ffff", "hex"), Buffer.alloc(30, 0xff)]))).toBeUndefined();
});
