import { expect, test } from "vitest";
import {
  ClientError,
  LoginError,
  NetworkError,
  PeykError,
  RateLimitError,
  ValidationError,
  errorOfFault,
  errorOfState,
} from "./errors.ts";
import type { Fault } from "./fault.ts";
import { recipientStates } from "./recipient.ts";
import { defaultRetryPolicy, verdict } from "./verdict.ts";
import type { Reason } from "./reasons/reason.ts";
import { codeOf } from "./reasons/reason.ts";

const why = "noAnswerInTime";
const say = (reason: Reason): string => `because of ${codeOf(reason)}`;
const faults: readonly [Fault, typeof PeykError | typeof RateLimitError, boolean][] = [
  [{ kind: "throttled", scope: "account", retryAt: 7, why }, RateLimitError, true],
  [{ kind: "account", trouble: "resting", until: 7, why }, RateLimitError, true],
  [{ kind: "account", trouble: "locked", why }, LoginError, false],
  [{ kind: "account", trouble: "loggedOut", why }, LoginError, false],
  [{ kind: "unavailable", why }, NetworkError, true],
  [{ kind: "uncertain", why }, NetworkError, true],
  [{ kind: "recipient", state: "notFound", why }, ClientError, false],
  [{ kind: "recipient", state: "refused", why }, ClientError, false],
  [{ kind: "rejected", why }, ValidationError, false],
];

test.each(faults)("%o becomes the error of its kind", (fault, kind, isTransient) => {
  const error = errorOfFault(fault, say);
  expect(error).toBeInstanceOf(kind);
  expect(error).toBeInstanceOf(PeykError);
  expect(error).toMatchObject({ name: kind.name, message: "because of noAnswerInTime", isTransient });
});

test("only a fault that leaves it open may have delivered a message", () => {
  const open = faults.map(([fault]) => fault).filter((fault) => errorOfFault(fault, say).mayHaveDelivered);
  expect(open).toEqual([{ kind: "uncertain", why }]);
});

test("the engine repeats nothing by itself whose error may have delivered a message", () => {
  const context = { attempt: 1, now: 0, policy: defaultRetryPolicy, random: 0 };
  for (const [fault] of faults)
    if (verdict(fault, context).settlement.t === "planned")
      expect(errorOfFault(fault, say).mayHaveDelivered).toBe(false);
});

test("a rate limit says when it works again, where the platform said so", () => {
  expect(errorOfFault({ kind: "throttled", scope: "channel", retryAt: 7, why }, say)).toHaveProperty(
    "retryAt",
    7,
  );
  expect(errorOfFault({ kind: "account", trouble: "resting", why }, say)).toHaveProperty(
    "retryAt",
    undefined,
  );
});

test("a recipient's state has an error exactly where something went wrong", () => {
  const wrong = recipientStates.filter((state) => errorOfState(state, why, say) !== undefined);
  expect(wrong).toEqual(["notFound", "refused", "failed", "uncertain"]);
  expect(errorOfState("uncertain", why, say)).toMatchObject({ mayHaveDelivered: true });
  expect(errorOfState("failed", why, say)).toMatchObject({ mayHaveDelivered: false });
});
