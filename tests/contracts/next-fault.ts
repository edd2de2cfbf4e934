/** What a contract's harness lets go wrong with the next call of a loopback service. */
import type { LoopbackFault } from "../support/loopback-server.ts";

export interface NextFault {
  /** To be given to the service. */
  readonly faultOf: () => LoopbackFault | undefined;
  set(fault: LoopbackFault): void;
  /** Leaves the next call without an answer; resolves when it has arrived. */
  silence(): Promise<void>;
}

export function createNextFault(): NextFault {
  let next: LoopbackFault | undefined;
  let onArrival: (() => void) | undefined;
  return {
    faultOf() {
      const fault = next;
      next = undefined;
      if (fault?.kind === "silent") onArrival?.();
      return fault;
    },
    set(fault) {
      next = fault;
    },
    silence() {
      next = { kind: "silent" };
      return new Promise<void>((resolve) => {
        onArrival = resolve;
      });
    },
  };
}
