import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filePieces } from "../../src/lib/files/file-pieces.ts";
import { UploadFolder } from "../../src/lib/files/upload-folder.ts";
import { uploadsContract } from "./uploads.ts";

uploadsContract("a folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-uploads-"));
  let [hasBegun] = [false];
  return {
    place: new UploadFolder(join(folder, "uploads")),
    read: filePieces,
    // A disk's clock is coarser than ours.
    now: () => Date.now() + (hasBegun ? 60_000 : Number((hasBegun = true)) - 60_000),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
