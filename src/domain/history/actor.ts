/** Whose word something is done by. */
export type Actor =
  /** By Telegram id, with the name that Telegram says. */
  | { readonly kind: "operator"; readonly id: number; readonly name?: string }
  /** A command, with the name of the system's user who runs it. */
  | { readonly kind: "terminal"; readonly name?: string }
  /** A program that uses Peyk as a library, with the same. */
  | { readonly kind: "library"; readonly name?: string }
  /** A program that asks over HTTP, with the name of its token where it has one. */
  | { readonly kind: "http"; readonly name?: string }
  /** Nobody's: Peyk goes on with what it was once told. */
  | { readonly kind: "peyk" };
