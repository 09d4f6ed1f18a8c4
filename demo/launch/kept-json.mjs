import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/**
 * @param {string} file
 * @returns {any} what was kept there; undefined at the first start
 */
export function readKept(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined
}

/**
 * Replaces the file as a whole, so that a crash leaves the old or the new one; only its owner can read it.
 *
 * @param {string} file
 * @param {unknown} value
 */
export function keep(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}
