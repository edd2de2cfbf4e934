/** Rows of lists, which no foreign key holds. */
import { expect, test } from "vitest";
import { createListStore } from "../../src/storage/postgres/lists/list-store.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { putList } from "../support/put-list.ts";

const emptyDatabase = databaseOfFile();

test("rows go with their list, however it goes", async () => {
  const here = await emptyDatabase();
  const lists = createListStore(here.open());
  await putList(lists, ["ali", "sara"]);
  {
    await using thrownAway = await lists.create([]);
    await thrownAway.add("nima", []);
  }
  expect(await here.query("select username from peyk.list_rows order by ordinal")).toHaveLength(2);
  await lists.prune(1e15);
  expect(await here.query("select from peyk.list_rows")).toEqual([]);
});

test("a list that is removed while it is written is no list", async () => {
  const here = await emptyDatabase();
  await using writer = await createListStore(here.open()).create([]);
  await writer.add("ali", []);
  await here.query("delete from peyk.lists");
  await expect(writer.finish()).rejects.toThrow("removed");
  expect(await here.query("select from peyk.list_rows")).toEqual([]);
});
