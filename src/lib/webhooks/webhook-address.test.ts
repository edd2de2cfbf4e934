import { expect, test } from "vitest";
import { addressProblem, shownAddress } from "./webhook-address.ts";

test("goes anywhere over TLS, and without it nowhere far", () => {
  expect(addressProblem("https://shop.example/hooks?x=1", false)).toBeUndefined();
  for (const mayBeNear of [true, false])
    expect(addressProblem("http://shop.example/hooks", mayBeNear)).toBe("notHttps");
  for (const text of [
    "shop.example",
    "ftp://shop.example",
    "https://me:pw@shop.example/",
    "https://a.example/#b",
  ])
    expect(addressProblem(text, true)).toBe("notAddress");
});

test("goes to this machine and to private networks only where that was chosen, however they are written", () => {
  const near = [
    "127.0.0.1:9",
    "2130706433",
    "0x7f.1",
    "localhost",
    "localhost.",
    "gateway",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.9.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[fd00::1]",
    "[fe80::1]",
    "db.internal",
  ];
  for (const host of near)
    for (const scheme of ["http", "https"]) {
      expect(addressProblem(`${scheme}://${host}/`, true)).toBeUndefined();
      expect(addressProblem(`${scheme}://${host}/`, false)).toBe("private");
    }
  for (const host of ["172.32.0.1", "192.169.0.1", "11.0.0.1", "[2606:4700::1]"])
    expect(addressProblem(`https://${host}/`, false)).toBeUndefined();
});

test("shows of an address no more than the server", () => {
  expect(shownAddress("https://shop.example:8443/hooks/secret?key=1")).toBe("https://shop.example:8443");
});
