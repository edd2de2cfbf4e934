/** Contents that the chat page sends at one tap, because no browser makes them: a video, a voice message, an album, a poll. */
import type { ApiContext } from "../api/api-context.ts";
import { fileContent, pollOf } from "../api/methods/contents.ts";
import { storeUpload } from "../api/methods/files.ts";
import type { Content } from "./person.ts";
import type { SampleContent } from "./sample-names.ts";

/** One pixel of one colour as a PNG; a page that draws it larger shows a field of that colour. */
const PIXELS = [
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
];

/** The messages of a sample, each as far as its content goes; several belong together. */
export function sampleMessages(context: ApiContext, name: SampleContent): readonly Content[] {
  switch (name) {
    case "video":
    case "voice":
    case "sticker":
      return [fileContent(name, storedAs(context, `${name}.bin`, "document"))];
    case "album":
      return PIXELS.map((pixel, index) => ({
        ...fileContent(
          "photo",
          storedAs(context, `photo-${index}.png`, "photo", Buffer.from(pixel, "base64")),
        ),
      }));
    case "poll":
      return [
        {
          poll: pollOf(`${context.store.state.ids.message + 1}`, "Tea?", ["Yes", "No"], { type: "regular" }),
        },
      ];
    case "location":
      return [{ location: { latitude: 35.6997, longitude: 51.338 } }];
  }
}

function storedAs(
  context: ApiContext,
  name: string,
  kind: "document" | "photo",
  bytes: Uint8Array = new TextEncoder().encode(name),
): string {
  return storeUpload(context, { name, mimeType: "application/octet-stream", bytes }, kind).fileId;
}
