/**
 * Takes out of the built plugin the source maps that `medusa plugin:build` writes into each of its files: they are half of the
 * package, and map to sources that it does not hold. `npm run build` runs it after Medusa's build.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:[^\n]*\s*$/

/** @param {string} folder whose .js files have theirs taken out */
export function dropSourceMaps(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  for (const file of files.filter((name) => name.endsWith(".js"))) {
    const path = join(folder, file)
    const code = readFileSync(path, "utf8")
    const without = code.replace(INLINE_MAP, "\n")
    if (without !== code) writeFileSync(path, without)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  dropSourceMaps(fileURLToPath(new URL(".medusa/server/src", import.meta.url)))
}
