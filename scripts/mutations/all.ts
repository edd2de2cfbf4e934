import { edgeMutations } from "./edge-mutations.ts";
import { engineMutations } from "./engine-mutations.ts";
import { ledgerMutations } from "./ledger-mutations.ts";
import type { Mutation } from "./mutation.ts";
import { postgresMutations } from "./postgres-mutations.ts";

export const mutations: readonly Mutation[] = [
  ...ledgerMutations,
  ...engineMutations,
  ...edgeMutations,
  ...postgresMutations,
];
