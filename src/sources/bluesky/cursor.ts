/**
 * Cursors as Peyk keeps them: the account's DID and the service's own cursor. The handle is looked up once, for the
 * first page, so that a target stays the same account when its handle changes on the way.
 */

export interface PlaceInList {
  readonly did: string;
  readonly cursor: string;
}

export function formatCursor({ did, cursor }: PlaceInList): string {
  return `${did} ${cursor}`;
}

/** Answers undefined for a text that was never a cursor. */
export function readCursor(text: string): PlaceInList | undefined {
  const [, did, cursor] = /^(did:\S+) (\S.*)$/.exec(text) ?? [];
  return did === undefined || cursor === undefined ? undefined : { did, cursor };
}
