import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, join, relative } from "node:path"

const root = join(__dirname, "../..")
const source = join(root, "src")

/** The four files of the sixth gateway, below `src`. */
export const newFiles = [
  "gateways/acme/client.ts",
  "providers/acme/options.ts",
  "providers/acme/gateway.ts",
  "providers/acme/index.ts",
]

/** The two lines of `providers/registry.ts`, each with the one that it follows or takes the place of. */
const newLines = [
  {
    old: 'import { cashy } from "./cashy/gateway"\n',
    new: 'import { acme } from "./acme/gateway"\nimport { cashy } from "./cashy/gateway"\n',
  },
  {
    old: "[mocasa, mocopay, kess, cashy, paymentz]",
    new: "[mocasa, mocopay, kess, cashy, paymentz, acme]",
  },
]

/** A copy of `src` with the sixth gateway in it, as somebody makes it who follows docs/extending.md. */
export function sourceWithAcme(): { folder: string; remove: () => void } {
  // Always there, so that what Jest has compiled of it is compiled once.
  const tree = join(root, ".cache/sixth-gateway")
  rmSync(tree, { recursive: true, force: true })
  const folder = join(tree, "src")
  cpSync(source, folder, { recursive: true, filter: isCode })
  for (const file of newFiles) {
    cpSync(join(__dirname, "src", file), join(folder, file))
  }
  const registry = join(folder, "providers/registry.ts")
  writeFileSync(registry, withNewLines(readFileSync(registry, "utf8")))
  return { folder, remove: () => rmSync(tree, { recursive: true }) }
}

function isCode(path: string): boolean {
  return basename(path) !== "__tests__" && relative(source, path) !== "admin"
}

/** @throws Error where the registry has no such line any more: then docs/extending.md is wrong as well */
export function withNewLines(registry: string): string {
  return newLines.reduce((text, line) => {
    if (text.split(line.old).length !== 2) {
      throw new Error(`providers/registry.ts has not one ${JSON.stringify(line.old)}`)
    }
    return text.replace(line.old, line.new)
  }, registry)
}
