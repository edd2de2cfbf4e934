/** What is thrown when it is done; undefined: nothing. */
export async function thrownBy(deed: () => unknown): Promise<unknown> {
  try {
    await deed();
    return undefined;
  } catch (error) {
    return error;
  }
}
