import { randomBytes } from "node:crypto"
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { codeOf, SetupProblem } from "./problems.mjs"

const NOT_OURS = ["EACCES", "EPERM", "EROFS"]

/**
 * Where one server keeps its things.
 *
 * @typedef {object} DataDirectory
 * @property {string} folder ours: `password` (0600) and `cluster`
 * @property {string} cluster PostgreSQL's own data directory, owned by the user it runs as
 * @property {boolean} exists whether the cluster is there already
 * @property {string} password of the user `postgres`
 */

/**
 * A folder of its own under the system's temporary files, to be removed at the end.
 *
 * @returns {DataDirectory}
 */
export function temporaryData() {
  const folder = mkdtempSync(join(tmpdir(), "local-postgres-"))
  return { folder, cluster: join(folder, "cluster"), exists: false, password: newPassword() }
}

/**
 * The folder the caller names, made at the first start and found again at the next.
 *
 * @param {string} dataDir
 * @param {string} version of PostgreSQL, as "18.4.0-beta.17"
 * @param {number} [uid] of this process
 * @returns {DataDirectory}
 */
export function keptData(dataDir, version, uid = process.getuid?.()) {
  const folder = resolve(dataDir)
  const cluster = join(folder, "cluster")
  try {
    mkdirSync(folder, { recursive: true })
    const exists = existsSync(join(cluster, "PG_VERSION"))
    if (exists) assertUsable({ folder, cluster, version, uid })
    return { folder, cluster, exists, password: keptPassword(folder, exists) }
  } catch (error) {
    if (NOT_OURS.includes(codeOf(error) ?? "")) {
      throw new SetupProblem(
        `The database's folder ${folder} can't be read or written by this user: start as the user ` +
          "who made it (root, if that was you with sudo), or remove the folder (with sudo) to begin with an empty one."
      )
    }
    throw error
  }
}

/** @param {{ folder: string, cluster: string, version: string, uid?: number }} facts */
function assertUsable({ folder, cluster, version, uid }) {
  const { uid: owner } = statSync(cluster)
  if (uid === 0 ? owner === 0 : owner !== uid) {
    throw new SetupProblem(
      `The database in ${cluster} belongs to user ${owner}, and PostgreSQL runs only as the owner of ` +
        `its data (and never as root): start as that user, or remove ${folder} to begin with an empty one.`
    )
  }
  const made = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim()
  const [major] = version.split(".")
  if (made !== major) {
    throw new SetupProblem(
      `The database in ${cluster} was made by PostgreSQL ${made}, and this is PostgreSQL ${major}: ` +
        `remove ${folder} to begin with an empty one.`
    )
  }
}

/** @param {string} folder @param {boolean} clusterExists */
function keptPassword(folder, clusterExists) {
  const file = join(folder, "password")
  if (!existsSync(file)) {
    if (clusterExists) {
      throw new SetupProblem(
        `The database in ${folder} is there, but its password file (${file}) is not: bring the file ` +
          `back, or remove ${folder} to begin with an empty one.`
      )
    }
    // Linked into place, so that of two first starts at once both read the same, whole password.
    const draft = join(folder, `password.${process.pid}`)
    writeFileSync(draft, `${newPassword()}\n`, { mode: 0o600 })
    try {
      linkSync(draft, file)
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error
    } finally {
      rmSync(draft, { force: true })
    }
  }
  return readFileSync(file, "utf8").trim()
}

/** Hexadecimal, so that it stands in a URL as it is. */
function newPassword() {
  return randomBytes(24).toString("hex")
}
