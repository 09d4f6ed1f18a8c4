import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { basename, join, sep } from "node:path"

const STAMP = ".content-stamp"
const NOT_BUILT = new Set(["__tests__", "node_modules", "dist"])

/**
 * A digest of the names and the bytes of files, and of all files in folders. A path that does not exist counts as
 * such, so that making it changes the digest.
 *
 * @param {readonly string[]} paths
 */
export function contentStamp(paths) {
  const hash = createHash("sha256")
  for (const path of paths) {
    const files = filesIn(path)
    hash.update(`${basename(path)}\0${files.length}\0`)
    for (const file of files) {
      const bytes = readFileSync(file)
      hash.update(`${file.slice(path.length)}\0${bytes.length}\0`).update(bytes)
    }
  }
  return hash.digest("hex")
}

/**
 * Builds unless `output` was built from the same content. The stamp lies in the output itself: whoever else builds
 * there replaces the folder, and the stamp with it.
 *
 * @param {{ stamp: string, output: string, build: () => Promise<void> }} task
 * @returns {Promise<"built" | "unchanged">}
 */
export async function buildIfChanged({ stamp, output, build }) {
  const file = join(output, STAMP)
  if (existsSync(file) && readFileSync(file, "utf8") === stamp) return "unchanged"
  await build()
  writeFileSync(file, stamp)
  return "built"
}

/**
 * @param {string} path
 * @returns {string[]} sorted, so that the order in which a file system lists them does not matter
 */
function filesIn(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(path.length)
          .split(sep)
          .some((part) => NOT_BUILT.has(part))
    )
    .sort()
}
