/** What is moved whole or not at all, and what knows how to. */
import type { Queryable } from "../storage/postgres/database.ts";

/** Told now and then how many of a piece are there, of all there are, where that is known. */
export type Tell = (done: number, all: number) => void;

export interface Piece {
  /** Its own of the move: one of the folder's names, or what is below it. */
  readonly name: string;
}

/** Goes from a folder into the database, within the transaction that notes that it is there. */
export interface PieceIn extends Piece {
  fill(to: Queryable, tell: Tell): Promise<void>;
}

/** Goes from the database into a folder. What a killed process left of it is overwritten. */
export interface PieceOut extends Piece {
  write(from: Queryable, dataDir: string, tell: Tell): Promise<void>;
}

/** One kind of what is kept, both ways. */
export interface Mover {
  /** What a folder has of it; nothing of what is not there. */
  inFolder(dataDir: string): Promise<readonly PieceIn[]>;
  /** @param home The folder where it will be in the end */
  inDatabase(database: Queryable, home: string): Promise<readonly PieceOut[]>;
}
