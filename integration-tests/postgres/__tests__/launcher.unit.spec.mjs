import { spawn } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "@jest/globals"
import { runnableBinaries } from "../binaries.mjs"
import { keptData } from "../data-directory.mjs"
import { readPostmaster } from "../postmaster.mjs"
import { PortTaken } from "../problems.mjs"
import { serverAccount } from "../server-account.mjs"
import { startupProblem } from "../startup-failure.mjs"
import { temporaryFolders } from "./observe.mjs"

const folders = temporaryFolders()
/** @type {import("node:child_process").ChildProcess[]} */
const children = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
  folders.removeAll()
})

const passwd =
  "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/nonexistent:/bin/false\n"
const linux = /** @type {const} */ ({ platform: "linux", passwd })

describe("serverAccount", () => {
  it("tells root what to do where there is no nobody", () => {
    expect(() => serverAccount({ ...linux, uid: 0, passwd: "root:x:0:0::/root:/bin/sh" })).toThrow(
      /no user "nobody".*ordinary user.*DATABASE_URL/
    )
  })

  it("refuses root on systems other than Linux", () => {
    expect(() => serverAccount({ ...linux, uid: 0, platform: "darwin" })).toThrow(/ordinary user/)
  })

  it("lets everybody but root run the server themselves", () => {
    expect(serverAccount({ ...linux, uid: 1000 })).toBeUndefined()
    expect(serverAccount({ ...linux, uid: 1000, passwd: "" })).toBeUndefined()
  })

  it("has root's server run as nobody", () => {
    expect(serverAccount({ ...linux, uid: 0 })).toEqual({ uid: 65534, gid: 65533 })
  })

  it("has root's server run as the owner of data that exists", () => {
    const dataOwner = { uid: 1000, gid: 1001 }
    expect(serverAccount({ ...linux, uid: 0, dataOwner })).toEqual(dataOwner)
  })
})

const VERSION = "18.4.0-beta.17"
const SOMEBODY = 65534

/** @param {string} dataDir @param {string} major */
function makeCluster(dataDir, major) {
  mkdirSync(join(dataDir, "cluster"))
  if (process.getuid?.() === 0) chownSync(join(dataDir, "cluster"), SOMEBODY, SOMEBODY)
  writeFileSync(join(dataDir, "cluster", "PG_VERSION"), `${major}\n`)
}

describe("keptData", () => {
  it("does not make up a new password for data that has another", () => {
    const dataDir = folders.make()
    keptData(dataDir, VERSION)
    makeCluster(dataDir, "18")
    rmSync(join(dataDir, "password"))
    expect(() => keptData(dataDir, VERSION)).toThrow(/password file/)
  })

  it("refuses data that belongs to somebody else, before PostgreSQL does", () => {
    const dataDir = folders.make()
    keptData(dataDir, VERSION)
    makeCluster(dataDir, "18")
    expect(() => keptData(dataDir, VERSION, 4711)).toThrow(
      /belongs to user \d+.*start as that user/
    )
  })

  it("refuses data of another PostgreSQL", () => {
    const dataDir = folders.make()
    keptData(dataDir, VERSION)
    makeCluster(dataDir, "17")
    expect(() => keptData(dataDir, VERSION)).toThrow(
      /made by PostgreSQL 17, and this is PostgreSQL 18/
    )
  })
})

/** A package as npm unpacks it: without its links, and readable to its owner alone. */
function unpackedPackage() {
  const packageFolder = folders.make()
  const native = join(packageFolder, "native")
  mkdirSync(join(native, "bin"), { recursive: true })
  mkdirSync(join(native, "lib"))
  writeFileSync(join(native, "bin", "postgres"), "program", { mode: 0o700 })
  writeFileSync(join(native, "lib", "libpq.so.5.18"), "library", { mode: 0o600 })
  const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }]
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links))
  return { packageFolder, native }
}

function copyRoot() {
  const root = folders.make()
  mkdirSync(root)
  return root
}

const version = "18.0.0"

describe("runnableBinaries", () => {
  it("refuses a copy that others could have put there", () => {
    const { packageFolder } = unpackedPackage()
    const root = copyRoot()
    const request = { packageFolder, version, forOthers: false, copyRoots: [root] }
    const { folder } = runnableBinaries(request)
    chmodSync(join(folder, ".."), 0o777)
    expect(() => runnableBinaries(request)).toThrow(/others than you can write there: remove it/)
  })

  it("refuses a copy that is a link to somewhere else", () => {
    const { packageFolder } = unpackedPackage()
    const root = copyRoot()
    const request = { packageFolder, version, forOthers: false, copyRoots: [root] }
    const copy = join(runnableBinaries(request).folder, "..")
    rmSync(copy, { recursive: true })
    symlinkSync(copyRoot(), copy)
    expect(() => runnableBinaries(request)).toThrow(/remove it and start again/)
  })

  it("makes a copy that every user can read and run, and nobody else can write", () => {
    const { packageFolder } = unpackedPackage()
    const { folder } = runnableBinaries({
      packageFolder,
      version,
      forOthers: true,
      copyRoots: [join(folders.make(), "missing"), tmpdir()],
    })
    try {
      expect(lstatSync(folder).mode & 0o777).toBe(0o755)
      expect(statSync(join(folder, "bin", "postgres")).mode & 0o777).toBe(0o755)
      expect(statSync(join(folder, "lib", "libpq.so.5.18")).mode & 0o777).toBe(0o644)
    } finally {
      rmSync(join(folder, ".."), { recursive: true })
    }
  })
})

/** @param {string} [contents] of postmaster.pid */
function clusterWith(contents) {
  const cluster = folders.make()
  mkdirSync(cluster)
  if (contents !== undefined) writeFileSync(join(cluster, "postmaster.pid"), contents)
  return cluster
}

/** @param {string} cwd @returns {Promise<import("node:child_process").ChildProcess>} */
async function processIn(cwd) {
  const child = spawn("sleep", ["60"], { cwd, stdio: "ignore" })
  children.push(child)
  await once(child, "spawn")
  return child
}

/** @param {number | undefined} pid @param {string} status */
function pidFile(pid, status) {
  return `${pid}\n/proc/self/cwd\n1700000000\n5432\n\n127.0.0.1\n 1 2\n${status}\n`
}

describe("readPostmaster", () => {
  it("sees that a crashed server is gone", async () => {
    const cluster = clusterWith()
    const child = await processIn(cluster)
    child.kill("SIGKILL")
    await once(child, "exit")
    writeFileSync(join(cluster, "postmaster.pid"), pidFile(child.pid, "ready   "))
    expect(readPostmaster(cluster)).toEqual({ state: "none" })
  })

  it("knows a process at work in the cluster from one elsewhere that has its number", async () => {
    const cluster = clusterWith()
    const inside = await processIn(realpathSync(cluster))
    writeFileSync(join(cluster, "postmaster.pid"), pidFile(inside.pid, "ready   "))
    expect(readPostmaster(cluster)).toEqual({ state: "running", pid: inside.pid })

    const elsewhere = await processIn("/")
    writeFileSync(join(cluster, "postmaster.pid"), pidFile(elsewhere.pid, "ready   "))
    // Where the system does not show it, the file is believed.
    const state = process.platform === "linux" ? "reused" : "running"
    expect(readPostmaster(cluster)).toEqual({ state, pid: elsewhere.pid })
  })
})

const where = { folder: "shop/.data", cluster: "shop/.data/cluster", port: 5433 }

/** @param {Partial<import("../startup-failure.mjs").Failure>} failure */
function problem(failure) {
  return startupProblem({ program: "postgres", lines: [], ...failure }, where)
}

describe("startupProblem", () => {
  it("tells a port that is taken apart, since another one may do", () => {
    const taken = problem({
      lines: [
        'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
        "FATAL:  could not create any TCP/IP sockets",
      ],
    })
    expect(taken).toBeInstanceOf(PortTaken)
    expect(taken.message).toContain("5433")
  })
})
