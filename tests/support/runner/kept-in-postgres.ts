/** Set-up of each suite on PostgreSQL: one that kept nothing there ran on files once more, and proves nothing. */
import { afterAll } from "vitest";
import { databasesGiven } from "../postgres/test-database.ts";

const before = databasesGiven();

afterAll(() => {
  if (databasesGiven() === before) throw new Error("this suite kept nothing in PostgreSQL");
});
