/** Methods that send files and hand out where to download them. */
import { extname } from "node:path";
import type { Document, Message, PhotoSize } from "grammy/types";
import { getMimeType } from "hono/utils/mime";
import { type ApiContext, type Call, type Method, putMessage, recipientOf } from "../api-context.ts";
import { ApiError, badRequest } from "../api-error.ts";
import type { Upload } from "../fields.ts";
import { pictureOf } from "../picture.ts";
import type { StoredFile } from "../../world/world-record.ts";
import { botMessage, captionOf } from "./message-content.ts";
import { inlineKeyboardOf } from "./reply-markup.ts";
import { replyTo } from "./reply-to.ts";

/** Largest file a bot may send, photo it may send, and file it may fetch, in bytes (Bot API: Sending files, getFile). */
export const MAX_UPLOAD = 50 * 1024 * 1024;
const MAX_PHOTO = 10 * 1024 * 1024;
const MAX_DOWNLOAD = 20 * 1024 * 1024;

/** What grammY says of every file it sends. */
const UNTYPED = "application/octet-stream";

export const fileMethods: Readonly<Record<string, Method>> = {
  sendDocument(call) {
    const person = recipientOf(call);
    const file = sentFile(call, "document");
    const document = documentOf(file);
    return putMessage(call.context, { ...frame(call, person), document });
  },

  sendPhoto(call) {
    const person = recipientOf(call);
    const photo = photoOf(call.context, sentFile(call, "photo"));
    return putMessage(call.context, { ...frame(call, person), photo: [photo] });
  },

  getFile({ context, fields }) {
    const file = context.store.state.files.get(fields.text("file_id"));
    if (!file || !context.store.bytes(file.fileId))
      throw badRequest("wrong file_id or the file is temporarily unavailable");
    if (file.size > MAX_DOWNLOAD) throw badRequest("file is too big");
    return {
      file_id: file.fileId,
      file_unique_id: file.uniqueId,
      file_size: file.size,
      file_path: file.path,
    };
  },
};

/** Stores an uploaded file under fresh ids. */
export function storeUpload(
  { store, me }: Pick<ApiContext, "store" | "me">,
  upload: Upload,
  kind: "document" | "photo",
): StoredFile {
  const number = store.state.ids.file + 1;
  const extension = extname(upload.name).toLowerCase() || (kind === "photo" ? ".jpg" : ".dat");
  const uniqueId = `AgAD${Buffer.from(`${me.id}:${number}`).toString("base64url")}`;
  return store.recordFile(
    {
      fileId: `${kind === "photo" ? "AgACAgQ" : "BQACAgQ"}AAxk${uniqueId}`,
      uniqueId,
      path: `${kind}s/file_${number}${extension}`,
      name: upload.name,
      mimeType: (kind === "photo" && pictureOf(upload.bytes)?.mimeType) || mimeTypeOf(upload),
    },
    upload.bytes,
  );
}

/** The type the sender states, else the one the name suggests. */
function mimeTypeOf({ name, mimeType }: Upload): string {
  return mimeType === UNTYPED ? (getMimeType(name)?.split(";")[0] ?? UNTYPED) : mimeType;
}

/** A stored file as a message shows it. */
export function documentOf(file: StoredFile): Document {
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_name: file.name,
    mime_type: file.mimeType,
    file_size: file.size,
  };
}

/**
 * A stored picture as a message shows it.
 * @throws ApiError 400 when the bytes are no picture
 */
export function photoOf({ store }: Pick<ApiContext, "store">, file: StoredFile): PhotoSize {
  const picture = pictureOf(store.bytes(file.fileId) ?? new Uint8Array());
  if (!picture) throw badRequest("IMAGE_PROCESS_FAILED");
  const { width, height } = picture;
  return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size, width, height };
}

function frame(
  call: Call,
  person: Parameters<typeof botMessage>[1],
): Omit<Message, "text" | "document" | "photo"> {
  const markup = inlineKeyboardOf(call.fields);
  return {
    ...botMessage(call.context, person),
    ...replyTo(call, person),
    ...captionOf(call.fields),
    ...(markup ? { reply_markup: markup } : {}),
  };
}

/** A new upload, or one sent before by its file_id. */
function sentFile({ context, fields }: Call, kind: "document" | "photo"): StoredFile {
  const upload = fields.upload(kind);
  if (upload) {
    if (upload.bytes.length === 0) throw badRequest("file must be non-empty");
    if (upload.bytes.length > MAX_UPLOAD) throw new ApiError(413, "Request Entity Too Large");
    if (kind === "photo" && upload.bytes.length > MAX_PHOTO) throw badRequest("file is too big");
    if (kind === "photo" && !pictureOf(upload.bytes)) throw badRequest("IMAGE_PROCESS_FAILED");
    return storeUpload(context, upload, kind);
  }
  const reference = fields.text(kind);
  if (reference === "") throw badRequest(`there is no ${kind} in the request`);
  if (/^https?:/i.test(reference)) throw badRequest("failed to get HTTP URL content");
  const file = context.store.state.files.get(reference);
  if (!file) throw badRequest("wrong remote file identifier specified: Wrong string length");
  return file;
}
