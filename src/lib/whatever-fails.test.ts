import { expect, test } from "vitest";
import { allWhateverFails, eachWhateverFails } from "./whatever-fails.ts";

for (const take of [eachWhateverFails, allWhateverFails])
  test(`${take.name} takes every step although some fail, and throws what failed first`, async () => {
    const taken: string[] = [];
    const steps = [
      () => taken.push("first"),
      () => {
        throw new Error("at once");
      },
      () => Promise.reject(new Error("later")),
      async () => taken.push("last"),
    ];
    await expect(take(...steps)).rejects.toThrow("at once");
    expect(taken).toEqual(["first", "last"]);
  });
