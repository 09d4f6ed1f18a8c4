import { inUse } from "./postmaster.mjs"
import { PortTaken, SetupProblem } from "./problems.mjs"

/**
 * How a program of PostgreSQL's ended before there was a server.
 *
 * @typedef {object} Failure
 * @property {"initdb" | "postgres"} program
 * @property {string} [errorCode] it could not be run at all: "ENOENT", "EACCES"
 * @property {string[]} lines the last it wrote, in English
 */

/**
 * The sentence for whoever is at the terminal.
 *
 * @param {Failure} failure
 * @param {{ cluster: string, folder: string, port: number }} where
 * @returns {SetupProblem}
 */
export function startupProblem({ program, errorCode, lines }, { cluster, folder, port }) {
  const output = lines.join("\n")
  if (errorCode === "ENOENT") {
    // The file is there (it was looked at before), so it is its loader that is missing.
    return new SetupProblem(
      `PostgreSQL's ${program} can't be run on this system, which seems to have another C library ` +
        "(Alpine Linux has musl, the binaries need glibc): set DATABASE_URL to a PostgreSQL server you have."
    )
  }
  if (errorCode === "EACCES") {
    return new SetupProblem(
      `PostgreSQL's ${program} may not be run from where it is, perhaps because that disk is mounted ` +
        '"noexec": set TMPDIR to a folder on another disk, or DATABASE_URL to a PostgreSQL server you have.'
    )
  }
  if (/Address already in use/.test(output)) return new PortTaken(port)
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory/.test(output)) {
    return inUse(cluster)
  }
  if (/No space left on device/.test(output)) {
    return new SetupProblem(
      `PostgreSQL did not start because the disk of ${folder} is full: make room and start again.`
    )
  }
  const reason = errorCode === undefined ? output : `${errorCode}\n${output}`
  return new SetupProblem(
    `PostgreSQL's ${program} failed with the data in ${folder}. Set DATABASE_URL to a PostgreSQL ` +
      `server you have, or mend what it says:\n${reason.trim() || "(it said nothing)"}`
  )
}
