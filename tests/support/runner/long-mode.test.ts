import { expect, test } from "vitest";
import configOf from "../../../vitest.config.ts";
import { onPostgres } from "./on-postgres.ts";
import { onBoth } from "./store-suites.ts";

const projectsIn = (mode: string) => {
  const { projects = [] } = configOf({ mode, command: "serve" }).test ?? {};
  return projects.filter((one) => typeof one === "object");
};

test("a long run is long on both stores, and takes every suite that runs on PostgreSQL", () => {
  for (const mode of ["long", "test"])
    expect(projectsIn(mode).map((one) => "mode" in one && one.mode)).toEqual([mode, mode]);
  const [, postgres] = projectsIn("long");
  expect(postgres).toMatchObject({ test: { include: expect.arrayContaining([...onBoth]) } });
});

test("within two weeks of short runs every suite that runs on PostgreSQL has had its day", () => {
  const fortnight = Array.from({ length: 14 }, (_, day) => onPostgres("test", day));
  expect([...new Set(fortnight.flat())].toSorted()).toEqual(onBoth.toSorted());
});
