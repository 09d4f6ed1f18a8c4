import { randomBytes } from "node:crypto"
import { keep, readKept } from "./kept-json.mjs"

/**
 * Random values by name, made once.
 *
 * @param {string} file
 * @param {readonly string[]} names
 * @returns {Record<string, string>}
 */
export function keptSecrets(file, names) {
  /** @type {Record<string, string>} */
  const kept = readKept(file) ?? {}
  const missing = names.filter((name) => kept[name] === undefined)
  if (missing.length === 0) return kept
  const all = { ...kept, ...Object.fromEntries(missing.map((name) => [name, newSecret()])) }
  keep(file, all)
  return all
}

/** Short enough to type, and 120 bits. */
function newSecret() {
  return randomBytes(15).toString("base64url")
}
