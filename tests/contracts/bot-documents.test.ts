import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDocument } from "../../src/lib/files/document.ts";
import { botDocumentsContract } from "./bot-documents.ts";

botDocumentsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-documents-"));
  const problems: string[] = [];
  let writes = 0;
  return {
    problems,
    writes: () => writes,
    open: ({ name, ...format }) =>
      openDocument(join(folder, `${name}.json`), {
        ...format,
        beforeWrite: () => void writes++,
        onSetAside: ({ message }) => problems.push(message),
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
