import { expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { createSecret, keyOf, signedHeaders, webhookId } from "./signature.ts";

/** The example that the project's own libraries are held to. */
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const example = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}', secrets: [secret] };

test("signs the published example as published", () => {
  expect(signedHeaders({ ...example, at: 1_614_265_330_000 })).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("is taken by the official library, with the new secret and with the one before", () => {
  const [next, before] = [createSecret(), createSecret()];
  const headers = signedHeaders({ ...example, at: Date.now(), secrets: [next, before] });
  for (const one of [next, before])
    expect(new Webhook(one).verify(example.body, headers)).toEqual({ test: 2_432_232_314 });
  expect(() => new Webhook(createSecret()).verify(example.body, headers)).toThrow("No matching signature");
  expect(() => new Webhook(next).verify(`${example.body} `, headers)).toThrow("No matching signature");
});

test("tells a secret from what is none, and quotes none", () => {
  expect(keyOf(createSecret())).toHaveLength(32);
  const short = `whsec_${Buffer.alloc(23).toString("base64")}`;
  const long = `whsec_${Buffer.alloc(65).toString("base64")}`;
  for (const text of ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", short, long, "whsec_سلام"])
    expect(keyOf(text)).toBeUndefined();
  expect(() => signedHeaders({ ...example, at: 0, secrets: ["hunter2"] })).toThrow(/^(?!.*hunter2)/);
});

test("makes ids without a full stop and without a name", () => {
  const id = webhookId("spring:ali.reza");
  expect(id).toMatch(/^msg_[\w-]{43}$/);
  expect(webhookId("spring:ali.rezb")).not.toBe(id);
});
