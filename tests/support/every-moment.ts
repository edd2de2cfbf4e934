/** Cases side by side: each mostly waits for its own files. */
const AT_ONCE = 8;

/**
 * Runs a case for the first moment, the second and so on, until one is never reached.
 * @param run Answers whether the k-th moment came
 * @returns How many came
 */
export async function everyMoment(run: (k: number) => Promise<boolean>): Promise<number> {
  for (let first = 1, reached = 0; ; first += AT_ONCE) {
    const cases = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => run(first + index)));
    reached += cases.filter(Boolean).length;
    if (cases.includes(false)) return reached;
  }
}
