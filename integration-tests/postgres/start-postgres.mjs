import { readFileSync, rmSync, statSync } from "node:fs"
import { userInfo } from "node:os"
import { binariesPackage, runnableBinaries } from "./binaries.mjs"
import { createDatabase, dropDatabases } from "./create-database.mjs"
import { keptData, temporaryData } from "./data-directory.mjs"
import { startHeldServer } from "./held-server.mjs"
import { freePort, loopbackAddresses } from "./loopback.mjs"
import { waitUntilUnused } from "./postmaster.mjs"
import { assertUserHasName, serverAccount } from "./server-account.mjs"
import { PortTaken } from "./problems.mjs"

/**
 * A PostgreSQL server, ours or one that DATABASE_URL names.
 *
 * @typedef {object} Database
 * @property {string} url of the database that is there from the start
 * @property {string} host "localhost" for ours
 * @property {number} port
 * @property {string} user
 * @property {string} password
 * @property {(name: string) => Promise<void>} createDatabase no error when it exists
 * @property {(beginning: string) => Promise<void>} dropDatabases all whose names begin so, even in use
 * @property {(name: string) => string} databaseUrl
 * @property {() => Promise<void>} stop may be called again. Somebody else's server is left alone
 */

/**
 * @typedef {object} StartOptions
 * @property {boolean} [durable] true: the data is kept in `dataDir` and survives a crash of the
 *   machine. False: a fast server with data of its own, which is removed at the end
 * @property {string} [dataDir] needed when durable. Holds `password` (mode 0600) and `cluster`
 * @property {number} [port] default: a free one, another at each start
 * @property {(line: string) => void} [log] told what is done, one line each
 */

const USER = "postgres"
const ATTEMPTS = 5

const FAST_AND_FORGETFUL = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]

/**
 * Starts PostgreSQL on loopback addresses only, for the program that calls. It ends when `stop` is
 * called or when that program has ended in whatever way.
 *
 * @param {StartOptions} [options]
 * @returns {Promise<Database>} rejects with a SetupProblem where this machine is in the way
 */
export async function startPostgres(options = {}) {
  const { durable = false, dataDir, port } = options
  if (durable !== (dataDir !== undefined)) {
    throw new TypeError("startPostgres: dataDir and durable: true go together")
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options)
    } catch (error) {
      // Between finding a free port and listening there somebody else may take it.
      const tryAgain = error instanceof PortTaken && port === undefined && attempt < ATTEMPTS
      if (!tryAgain) throw error
    }
  }
}

/** @param {StartOptions} options @returns {Promise<Database>} */
async function startOnce({ dataDir, port: wantedPort, log = () => {} }) {
  const began = performance.now()
  const uid = process.getuid?.() ?? 0
  const binaries = binariesPackage()
  const data = dataDir === undefined ? temporaryData() : keptData(dataDir, binaries.version)
  try {
    if (!data.exists && uid !== 0) assertUserHasName(uid, userInfo)
    const account = serverAccount({
      uid,
      platform: process.platform,
      passwd: readFileSync("/etc/passwd", "utf8"),
      dataOwner: data.exists ? ownerOf(data.cluster) : undefined,
    })
    const { folder } = runnableBinaries({ ...binaries, forOthers: account !== undefined, log })
    const { reusedPid } = data.exists ? await waitUntilUnused(data.cluster) : {}
    const addresses = loopbackAddresses()
    const port = wantedPort ?? (await freePort(addresses))
    const temporary = dataDir === undefined
    const server = await startHeldServer(
      {
        bin: `${folder}/bin`,
        folder: data.folder,
        cluster: data.cluster,
        temporary,
        initialise: data.exists ? undefined : initialisation(data.password, temporary),
        serverArguments: serverArguments({ addresses, port, temporary }),
        account,
        reusedPid,
      },
      { port, log }
    )
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const where = temporary
      ? "with data that is removed at the end"
      : `with its data in ${data.folder}`
    log(
      `PostgreSQL ${binaries.version.split("-")[0]} listens on localhost:${port}, ${where} (${seconds} s)`
    )
    return handle({ port, password: data.password, stop: server.stop })
  } catch (error) {
    if (dataDir === undefined) rmSync(data.folder, { recursive: true, force: true })
    throw error
  }
}

/** @param {string} password @param {boolean} temporary */
function initialisation(password, temporary) {
  return {
    password,
    arguments: [
      `--username=${USER}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Sorting and case the same on every machine, whatever locales it has.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(temporary ? ["--no-sync"] : []),
    ],
  }
}

/** @param {{ addresses: string[], port: number, temporary: boolean }} facts */
function serverArguments({ addresses, port, temporary }) {
  return [
    `listen_addresses=${addresses.join(",")}`,
    `port=${port}`,
    "unix_socket_directories=",
    // Several instances of Medusa, each with its pools.
    "max_connections=200",
    ...(temporary ? FAST_AND_FORGETFUL : []),
  ].flatMap((setting) => ["-c", setting])
}

/** @param {string} cluster */
function ownerOf(cluster) {
  const { uid, gid } = statSync(cluster)
  return { uid, gid }
}

/**
 * @param {{ port: number, password: string, stop: () => Promise<void> }} server
 * @returns {Database}
 */
function handle({ port, password, stop }) {
  /** @param {string} name */
  const databaseUrl = (name) =>
    // Not 127.0.0.1: Medusa's test runner takes every host but "localhost" for a remote one with TLS.
    `postgres://${USER}:${password}@localhost:${port}/${encodeURIComponent(name)}`
  const url = databaseUrl("postgres")
  return {
    url,
    host: "localhost",
    port,
    user: USER,
    password,
    createDatabase: (name) => createDatabase(url, name),
    dropDatabases: (beginning) => dropDatabases(url, beginning),
    databaseUrl,
    stop,
  }
}
