/**
 * A name that one process on this machine can hold at a time. The kernel keeps it while the process lives, also when
 * it is stopped, and frees it the moment the process ends, however that happens: there is no stale lock to break.
 *
 * Every user of the machine sees such names, and may take one that is free. So the name itself is a secret that only
 * those who can read the data know: what the kernel is given are a few labels made from it, and whoever holds one proves
 * to those who ask that they know the name. A stranger who sits on a label is passed over, and the next label is taken.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSameSecret } from "../../../lib/pages/page-key.ts";
import { TroubledError } from "../../../lib/trouble.ts";

export interface HeldName extends AsyncDisposable {
  readonly name: string;
}

/** Labels of a name that are tried one after another. */
const LABELS = 8;

/**
 * All that Linux has room for: some versions of Node fill shorter names up with zeros and others don't, and two of them
 * would not see each other.
 */
const LABEL_LENGTH = 108;

/** How long a holder may take to prove that it is one, in ms; one that is stopped never does. */
const PROOF_MS = 1000;

/** Bytes of a question and of its proof, as hex. */
const QUESTION_LENGTH = 32;
const PROOF_LENGTH = 64;

/** Tells whether the last holder that is known may be the one who holds a label and does not prove it. */
export type MayBeHolder = () => Promise<boolean>;

const always: MayBeHolder = async () => true;

/**
 * Takes a name; undefined when somebody else holds it. Doesn't keep the process alive.
 * @throws Error when strangers sit on all of its labels
 */
export async function holdName(
  name: string,
  platform: string = process.platform,
  mayBeHolder: MayBeHolder = always,
): Promise<HeldName | undefined> {
  for (const label of labelsOf(name, platform)) {
    const server = await take(label, name, platform);
    if (!server) {
      if (await isHolder(label, name, mayBeHolder)) return undefined;
      continue;
    }
    const others = labelsOf(name, platform).filter((other) => other !== label);
    // Whoever came here while a stranger sat elsewhere asks as well: of two, one at least sees the other.
    const held = await Promise.all(others.map((other) => isHolder(other, name, mayBeHolder)));
    if (!held.includes(true)) return { name, [Symbol.asyncDispose]: () => close(server) };
    await close(server);
    return undefined;
  }
  throw new TroubledError(
    "Programs of another user keep Peyk from starting: they hold the names by which it knows itself.",
    { code: "namesHeld" },
  );
}

/** Tells whether somebody holds a name, without ever holding it. */
export async function isNameHeld(
  name: string,
  platform: string = process.platform,
  mayBeHolder: MayBeHolder = always,
): Promise<boolean> {
  const labels = labelsOf(name, platform);
  return (await Promise.all(labels.map((label) => isHolder(label, name, mayBeHolder)))).includes(true);
}

/**
 * Linux has names outside of any folder, Windows named pipes; elsewhere it is a socket file in the user's own temporary
 * folder, which outlives its holder.
 */
function labelsOf(name: string, platform: string): readonly string[] {
  if (isFile(platform)) return [join(tmpdir(), `${name}.sock`)];
  const prefix = platform === "linux" ? "\0peyk-" : "\\\\.\\pipe\\peyk-";
  return Array.from({ length: LABELS }, (_, n) => {
    const digest = createHash("sha512").update(`${name} ${n}`).digest("hex");
    return (prefix + digest).slice(0, LABEL_LENGTH);
  });
}

function isFile(platform: string): boolean {
  return platform !== "linux" && platform !== "win32";
}

/** Undefined when the label is in use. */
async function take(label: string, name: string, platform: string): Promise<Server | undefined> {
  const server = await listen(label, name);
  if (server || !isFile(platform) || (await answerAt(label, name)) !== "nobody") return server;
  await rm(label, { force: true });
  return listen(label, name);
}

async function listen(label: string, name: string): Promise<Server | undefined> {
  const server = createServer((connection) => prove(connection, name));
  server.maxConnections = 64;
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen({ path: label }, () => resolve(server));
  });
}

/** Answers one question and hangs up; whoever asks none is hung up on too. */
function prove(connection: Socket, name: string): void {
  connection.unref();
  connection.setTimeout(PROOF_MS, () => connection.destroy());
  connection.on("error", () => undefined);
  let question = "";
  connection.on("data", (bytes) => {
    question += bytes.toString("latin1");
    if (question.length >= QUESTION_LENGTH) connection.end(proofOf(name, question.slice(0, QUESTION_LENGTH)));
  });
}

function proofOf(name: string, question: string): string {
  return createHmac("sha256", name).update(question).digest("hex");
}

async function isHolder(label: string, name: string, mayBeHolder: MayBeHolder): Promise<boolean> {
  const answer = await answerAt(label, name);
  // Not proven is not disproven: the holder may be stopped, or busy with the questions of many.
  return answer === "proven" || (answer === "unproven" && (await mayBeHolder()));
}

/** Asks whoever holds a label; a socket file that a killed process left refuses connections. */
async function answerAt(label: string, name: string): Promise<"nobody" | "proven" | "unproven"> {
  const question = randomBytes(QUESTION_LENGTH / 2).toString("hex");
  return new Promise((resolve) => {
    const connection = connect({ path: label });
    let [isThere, answer] = [false, ""];
    connection.setTimeout(PROOF_MS, () => connection.destroy());
    connection.on("connect", () => {
      isThere = true;
      connection.write(question);
    });
    connection.on("data", (bytes) => {
      answer += bytes.toString("latin1");
      if (answer.length >= PROOF_LENGTH) connection.destroy();
    });
    connection.on("error", () => undefined);
    connection.on("close", () => {
      const isProven = isSameSecret(answer, proofOf(name, question));
      resolve(isThere ? (isProven ? "proven" : "unproven") : "nobody");
    });
  });
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}
