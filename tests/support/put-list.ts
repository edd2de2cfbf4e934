import type { ListStore } from "../../src/storage/ports/lists.ts";

/** Stores a list of these names, without columns unless there are some; answers its id. */
export async function putList(
  lists: Pick<ListStore, "create">,
  names: readonly string[],
  columns: readonly string[] = [],
): Promise<string> {
  await using writer = await lists.create(columns);
  for (const name of names)
    await writer.add(
      name,
      columns.map(() => "Tabriz"),
    );
  return (await writer.finish()).listId;
}
