/**
 * What has to be right before anything else is loaded. So it stands on Node's own modules alone and
 * is written in words that older Nodes can read, or they would not get as far as the sentence.
 */
import fs from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

const NODE_NEEDED = 20

/**
 * @typedef {object} Needs
 * @property {string[]} need packages that must be installed, such as "@medusajs/framework"
 * @property {string[]} [writable] folders below the root where something will be written
 */

/**
 * Ends the program with a sentence when something is missing.
 *
 * @param {Needs} needs
 */
export function preflight(needs) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
  const problem = findProblem({ root, nodeVersion: process.versions.node }, needs)
  if (problem === undefined) return
  fs.writeSync(process.stderr.fd, `${problem}\n`)
  process.exit(1)
}

/**
 * @param {{ root: string, nodeVersion: string }} place
 * @param {Needs} needs
 * @returns {string | undefined} what is wrong and what to type; undefined when nothing is
 */
export function findProblem({ root, nodeVersion }, { need, writable = [] }) {
  return (
    nodeProblem(nodeVersion) ||
    installationProblem(root, need) ||
    writable.map((folder) => writableProblem(root, folder)).find(Boolean)
  )
}

/** @param {string} version */
function nodeProblem(version) {
  if (Number(version.split(".")[0]) >= NODE_NEEDED) return undefined
  return (
    `This needs Node ${NODE_NEEDED} or newer and runs on ${version}: ` +
    `install Node ${NODE_NEEDED} (for example with "nvm install ${NODE_NEEDED}"), then type: npm ci`
  )
}

/** @param {string} root @param {string[]} need */
function installationProblem(root, need) {
  const modules = path.join(root, "node_modules")
  if (!fs.existsSync(modules))
    return "node_modules is missing, so nothing is installed yet: type npm ci"
  // npm writes this list last: without it an installation was cut short.
  const installed = readPackages(path.join(modules, ".package-lock.json"))
  if (installed === undefined) return "node_modules is incomplete (npm was cut short): type npm ci"
  const missing = need.find((name) => !fs.existsSync(path.join(modules, name, "package.json")))
  if (missing !== undefined) {
    return `The package ${missing} is not installed: type npm ci (without --omit=dev)`
  }
  return staleProblem(readPackages(path.join(root, "package-lock.json")), installed)
}

/**
 * A pull that changed package-lock.json, without an npm ci after it.
 *
 * @param {Packages | undefined} locked
 * @param {Packages} installed
 */
function staleProblem(locked, installed) {
  if (locked === undefined)
    return "package-lock.json is missing or broken: type git checkout package-lock.json"
  for (const [place, { version, optional, peer }] of Object.entries(locked)) {
    const found = installed[place]
    const maybeAbsent = optional === true || peer === true || !place.startsWith("node_modules/")
    if (found === undefined ? maybeAbsent : found.version === version) continue
    const name = place.slice("node_modules/".length)
    const state = found === undefined ? "missing" : `of version ${found.version}`
    return `node_modules is out of date (${name} is ${state} and should be ${version}): type npm ci`
  }
  return undefined
}

/**
 * @typedef {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} Packages
 *   what npm's lock files say of each folder
 */

/** @param {string} file @returns {Packages | undefined} */
function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages
  } catch {
    return undefined
  }
}

/** @param {string} root @param {string} folder */
function writableProblem(root, folder) {
  let existing = path.join(root, folder)
  while (!fs.existsSync(existing)) existing = path.dirname(existing)
  try {
    fs.accessSync(existing, fs.constants.W_OK)
    return undefined
  } catch {
    return (
      `${existing} can't be written by this user: type sudo chown -R "$(id -un)" ${root}, ` +
      "or start as the user who cloned it."
    )
  }
}
