/** Every text that stands in the code, told from comments and patterns by a parser, with what it stands in. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vitest/node";

const root = join(import.meta.dirname, "../..");

/** A node of ESTree with TypeScript's own, as the parser gives them. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

/** A literal or a piece of a template. */
export interface SourceText {
  /** Below the repository, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What it says, escapes resolved. */
  readonly text: string;
  readonly node: SyntaxNode;
  /** What it stands in, the nearest first. */
  readonly around: readonly SyntaxNode[];
  /** As a node stands in the file. */
  sourceOf(this: void, node: SyntaxNode): string;
}

/**
 * The texts of the program's files below a folder; no tests.
 * @param sign What a file must have somewhere to be looked into: parsing them all takes its time
 */
export function textsOf(place: string, sign = /(?:)/): SourceText[] {
  return readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => `${place}/${file.replaceAll("\\", "/")}`)
    .flatMap((file) => {
      const code = readFileSync(join(root, file), "utf8");
      return sign.test(code) ? textsOfCode(code, file) : [];
    });
}

/** The same of a piece of code. */
export function textsOfCode(code: string, file = "code.ts"): SourceText[] {
  const found: SourceText[] = [];
  const visit = (node: SyntaxNode, around: readonly SyntaxNode[]): void => {
    const text = textOf(node);
    if (text !== undefined)
      found.push({
        file,
        get line() {
          return code.slice(0, node.start).split("\n").length;
        },
        text,
        node,
        around,
        sourceOf: (one) => code.slice(one.start, one.end),
      });
    for (const child of childrenOf(node)) visit(child, [node, ...around]);
  };
  for (const child of childrenOf({ ...parseAst(code, { lang: "ts" }) })) visit(child, []);
  return found;
}

function textOf(node: SyntaxNode): string | undefined {
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type !== "TemplateElement") return undefined;
  const { value } = node;
  return isRecord(value) && typeof value["cooked"] === "string" ? value["cooked"] : "";
}

function childrenOf(node: Readonly<Record<string, unknown>>): SyntaxNode[] {
  return Object.values(node).flat().filter(isNode);
}

/** The part of a node by its name, where that is a node. */
export function partOf(node: SyntaxNode, part: string): SyntaxNode | undefined {
  const value = node[part];
  return isNode(value) ? value : undefined;
}

function isNode(value: unknown): value is SyntaxNode {
  return isRecord(value) && typeof value["type"] === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
