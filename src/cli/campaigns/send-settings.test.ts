import { expect, test } from "vitest";
import { SaidError } from "../../words/said-error.ts";
import { settingsIn } from "./send-settings.ts";

const words = { plain: (id: string) => id };

test("a spend cap is taken where the platform charges, and refused where it could never hold anything", () => {
  const charged = { channel: { name: "x", isCharged: true }, words } as const;
  expect(settingsIn({ spendCap: 0.01 }, charged)).toEqual({ spendCap: 0.01 });
  const free = { channel: { name: "simulator" }, words };
  expect(() => settingsIn({ spendCap: 0.01 }, free)).toThrow(new SaidError("cli-no-spend"));
  expect(settingsIn({ priority: 2 }, free)).toEqual({ priority: 2 });
});
