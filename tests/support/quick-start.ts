/**
 * What a process of a test is started with when it mostly starts, waits and ends: it optimises no code and collects less
 * often, and so takes two thirds of the CPU time. What is measured or strained is started as an operator starts it.
 */
export const QUICK_START: readonly string[] = ["--no-opt", "--min-semi-space-size=16"];
