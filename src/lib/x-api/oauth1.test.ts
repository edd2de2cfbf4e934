import { expect, test } from "vitest";
import { authorizationOf, percent } from "./oauth1.ts";

function signatureIn(header: string): string {
  return decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? "");
}

/** The keys of the examples on X's page "Creating a signature"; they were never anybody's. */
const published = {
  keys: {
    apiKey: "xvz1evFS4wEEPTGEFPHBog",
    apiSecret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    accessToken: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    accessSecret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
  },
  at: 1_318_622_958_999,
  nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
  parameters: {
    status: "Hello Ladies + Gentlemen, a signed OAuth request!",
    include_entities: "true",
  },
} as const;

test("signs the example of X's documentation as X does", () => {
  const header = authorizationOf({
    ...published,
    method: "POST",
    url: "https://api.twitter.com/1.1/statuses/update.json",
  });
  expect(signatureIn(header)).toBe("hCtSmYh+iHYCEqBWrE7C7hYmtUk=");
  expect(header).toMatch(/^OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_nonce="kYjz/);
  expect(header).toContain('oauth_timestamp="1318622958"');
  expect(header).not.toContain(published.keys.apiSecret);
});

function sign(parameters: Record<string, string>): string {
  return signatureIn(
    authorizationOf({ ...published, parameters, method: "GET", url: "https://api.x.com/2" }),
  );
}

test("sorts by the name alone, then by the value", () => {
  // One name is the beginning of the other, and what follows the names sorts before and after `=`.
  expect(sign({ a: "1", a1: "2", "a-": "3" })).toBe(sign({ a1: "2", "a-": "3", a: "1" }));
  expect(sign({ a: "1", a1: "2" })).not.toBe(sign({ a: "2", a1: "1" }));
});

test("signs the example of the OAuth Core 1.0 specification, appendix A.5", () => {
  const header = authorizationOf({
    method: "GET",
    url: "http://photos.example.net/photos",
    parameters: { file: "vacation.jpg", size: "original" },
    keys: {
      apiKey: "dpf43f3p2l4k3l03",
      apiSecret: "kd94hf93k423kf44",
      accessToken: "nnch734d00sl2jdk",
      accessSecret: "pfkkdhi9sl3r4s00",
    },
    at: 1_191_242_096_000,
    nonce: "kllo9940pd9333jh",
  });
  expect(signatureIn(header)).toBe("tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
});

test("encodes whatever a text may hold", () => {
  expect(percent("Ladies + Gentlemen")).toBe("Ladies%20%2B%20Gentlemen");
  expect(percent("An encoded string!")).toBe("An%20encoded%20string%21");
  expect(percent("Dogs, Cats & Mice")).toBe("Dogs%2C%20Cats%20%26%20Mice");
  expect(percent("☃'()*-._~")).toBe("%E2%98%83%27%28%29%2A-._~");
});
