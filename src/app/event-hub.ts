import type { CampaignEvent } from "../domain/campaign-event.ts";

/** Passes events on to whoever listens. */
export interface EventHub<E = CampaignEvent> {
  emit(event: E): void;
  watch(listener: (event: E) => void): () => void;
}

/** Makes a hub; a listener that throws harms neither the engine nor the other listeners. */
export function createEventHub<E = CampaignEvent>(onError: (error: unknown) => void): EventHub<E> {
  const listeners = new Set<(event: E) => void>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
