import { SetupProblem } from "./problems.mjs"

/**
 * The user and group a server process runs as, as `child_process.spawn` wants them.
 * @typedef {{ uid: number, gid: number }} Account
 */

/**
 * PostgreSQL refuses to run as root, so root hands it to somebody else: to the owner of data that
 * exists (a first run may have been somebody's without sudo), else to `nobody`. Everybody but root
 * runs it themselves: undefined.
 *
 * @param {object} facts
 * @param {number} facts.uid of this process
 * @param {NodeJS.Platform} facts.platform
 * @param {string} facts.passwd the text of /etc/passwd
 * @param {Account} [facts.dataOwner] owner of the data, where there is data
 * @returns {Account | undefined}
 */
export function serverAccount({ uid, platform, passwd, dataOwner }) {
  if (uid !== 0) return undefined
  if (platform !== "linux") {
    // What makes root's folders reachable for the other user is Linux's alone.
    throw new SetupProblem(
      "PostgreSQL does not run as root: run this as an ordinary user, or set DATABASE_URL to a " +
        "PostgreSQL server you have."
    )
  }
  if (dataOwner !== undefined) return dataOwner
  const nobody = passwd.split("\n").find((line) => line.startsWith("nobody:"))
  const [, , nobodyUid, nobodyGid] = (nobody ?? "").split(":").map(Number)
  if (!Number.isInteger(nobodyUid) || !Number.isInteger(nobodyGid)) {
    throw new SetupProblem(
      'PostgreSQL does not run as root, and /etc/passwd has no user "nobody" to run it as: ' +
        "run this as an ordinary user, or set DATABASE_URL to a PostgreSQL server you have."
    )
  }
  return { uid: Number(nobodyUid), gid: Number(nobodyGid) }
}

/**
 * initdb looks its user up by name and gives up when there is none, which is what containers with
 * an arbitrary uid (OpenShift, `docker run --user 12345`) have.
 *
 * @param {number} uid of this process
 * @param {() => unknown} lookUp throws where the user has no entry (`os.userInfo`)
 */
export function assertUserHasName(uid, lookUp) {
  try {
    lookUp()
  } catch {
    throw new SetupProblem(
      `PostgreSQL's initdb needs a user with a name, and user ${uid} has no entry in /etc/passwd: ` +
        `run this as a user who has one (in a container: add "me:x:${uid}:0::/tmp:/bin/sh" to ` +
        "/etc/passwd), or set DATABASE_URL to a PostgreSQL server you have."
    )
  }
}
