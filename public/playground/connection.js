// @ts-check
/** The wire to the playground: one stream of changes that comes back by itself, and one way to send. */

/** @typedef {import("@grammyjs/types").Message} Message */
/** @typedef {{ command: string, description: string }} Command */
/** @typedef {{ name: string, description: string, commands: Command[] }} Bot */
/** @typedef {{ id: number, firstName: string, username: string, languageCode: "en" | "fa", role: "operator" | "stranger" }} Person */
/** @typedef {{ person: Person, bot: Bot, messages: Message[], pinned?: Message }} Chat */
/** @typedef {{ botId: number, chats: Chat[], samples: { name: string, title: { en: string, fa: string } }[] }} View */
/**
 * @typedef {(
 *   | { kind: "message", person: number, message: Message }
 *   | { kind: "deleted", person: number, messageId: number }
 *   | { kind: "pinned", person: number, message?: Message }
 *   | { kind: "action", person: number, action: string }
 *   | { kind: "bot", bots: Record<number, Bot> }
 * )} Change
 */

/** The server shows a sign of life every 15 s; after this long without one the stream is dead, whatever the browser thinks. */
const SILENCE_MS = 40_000;
const RETRY_MS = 1000;

/**
 * Connects, and again whenever the stream breaks; every connection begins with the whole view.
 * @param {{ onView: (view: View) => void, onChange: (change: Change) => void, onLost: () => void }} listener
 */
export function connect(listener) {
  const stream = new EventSource("/chat/events");
  let silence = setTimeout(again, SILENCE_MS);
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE_MS);
  };
  function again() {
    clearTimeout(silence);
    stream.close();
    listener.onLost();
    setTimeout(() => void connectWhenLetIn(listener), RETRY_MS);
  }
  stream.addEventListener("view", (event) => {
    alive();
    listener.onView(JSON.parse(event.data));
  });
  stream.addEventListener("change", (event) => {
    alive();
    listener.onChange(JSON.parse(event.data));
  });
  stream.addEventListener("alive", alive);
  stream.addEventListener("error", again);
}

/**
 * A stream does not say why it was refused. Where the key is another one than before, the page that says so takes this
 * one's place.
 * @param {Parameters<typeof connect>[0]} listener
 */
async function connectWhenLetIn(listener) {
  const answer = await fetch("/", { method: "HEAD" }).catch(() => undefined);
  if (answer?.status === 401) location.reload();
  else connect(listener);
}

/**
 * Does something as a person; resolves with the server's answer.
 * @param {number} person
 * @param {"text" | "sample" | "press"} deed
 * @param {object} body
 * @returns {Promise<{ text?: string, showAlert?: boolean, url?: string }>}
 */
export async function act(person, deed, body) {
  const answer = await fetch(`/chat/${person}/${deed}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}`);
  return answer.json();
}

/**
 * @param {number} person
 * @param {File} file
 */
export async function sendFile(person, file) {
  const answer = await fetch(`/chat/${person}/file?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  });
  if (!answer.ok) throw new Error(`The playground answered ${answer.status}`);
}
