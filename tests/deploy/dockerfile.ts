/** What a Dockerfile says, as far as it can be carried out without a container engine. Pure. */

export interface Stage {
  /** As later stages call it; absent: it is the last. */
  readonly name?: string;
  readonly image: string;
  readonly steps: readonly Step[];
}

/** Paths are those in the image. */
export type Step =
  | { readonly kind: "env"; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "workdir"; readonly path: string }
  | {
      readonly kind: "copy";
      readonly from?: string;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "user"; readonly name: string }
  | { readonly kind: "start"; readonly what: "ENTRYPOINT" | "CMD"; readonly words: readonly string[] }
  | { readonly kind: "said"; readonly text: string };

/** @throws Error for an instruction that it does not know: it would not be proved */
export function readDockerfile(text: string): readonly Stage[] {
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const stages: { name?: string; image: string; steps: Step[] }[] = [];
  for (const line of lines) {
    const [, word = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (word === "FROM") stages.push(stageOf(rest));
    else stages.at(-1)?.steps.push(stepOf(word, rest));
  }
  return stages;
}

function stageOf(rest: string): { name?: string; image: string; steps: Step[] } {
  const [image = "", , name] = rest.split(/\s+/);
  return { image, steps: [], ...(name === undefined ? {} : { name }) };
}

function stepOf(word: string, rest: string): Step {
  switch (word) {
    case "ENV":
      return { kind: "env", values: Object.fromEntries(rest.split(/\s+/).map((pair) => pairOf(pair))) };
    case "WORKDIR":
      return { kind: "workdir", path: rest };
    case "COPY": {
      const words = rest.split(/\s+/);
      const from = /^--from=(.+)$/.exec(words[0] ?? "")?.[1];
      const paths = from === undefined ? words : words.slice(1);
      return {
        kind: "copy",
        ...(from === undefined ? {} : { from }),
        sources: paths.slice(0, -1),
        to: paths.at(-1) ?? "",
      };
    }
    case "RUN":
      return { kind: "run", command: rest };
    case "USER":
      return { kind: "user", name: rest };
    case "ENTRYPOINT":
    case "CMD":
      return { kind: "start", what: word, words: JSON.parse(rest) };
    case "VOLUME":
    case "STOPSIGNAL":
      return { kind: "said", text: `${word} ${rest}` };
    default:
      throw new Error(`${word} is not proved by anything: teach it to tests/deploy/dockerfile.ts`);
  }
}

function pairOf(pair: string): readonly [string, string] {
  const [name = "", value = ""] = pair.split("=");
  return [name, value];
}
