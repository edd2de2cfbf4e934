/** Steps of which each is taken although another failed: what is left open by a failed stop keeps a process from ending. */

/** One step; what it answers is nobody's business. */
export type Step = () => unknown;

/** Takes the steps one after another. Throws the first error once all were taken. */
export async function eachWhateverFails(...steps: readonly Step[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) await takeInto(errors, step);
  if (errors.length > 0) throw errors[0];
}

/** Takes the steps at once. Throws the first error once all of them ended. */
export async function allWhateverFails(...steps: readonly Step[]): Promise<void> {
  const errors: unknown[] = [];
  await Promise.all(steps.map((step) => takeInto(errors, step)));
  if (errors.length > 0) throw errors[0];
}

async function takeInto(errors: unknown[], step: Step): Promise<void> {
  try {
    await step();
  } catch (error) {
    errors.push(error);
  }
}
