import { mkdirSync, realpathSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { afterEach, describe, expect, it } from "@jest/globals"
import { readPostmaster, waitUntilUnused } from "../postmaster.mjs"
import { temporaryFolders } from "./observe.mjs"

const folders = temporaryFolders()
/** @type {import("node:child_process").ChildProcess[]} */
const children = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
  folders.removeAll()
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
  it.each([
    ["no file", undefined],
    ["an empty file", ""],
    ["a file of something else", "hello"],
    ["a number that would mean a group of processes", "0\n"],
  ])("sees nobody in %s", (_case, contents) => {
    expect(readPostmaster(clusterWith(contents))).toEqual({ state: "none" })
  })

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

describe("waitUntilUnused", () => {
  it("waits for a server that is stopping", async () => {
    const cluster = clusterWith()
    const server = await processIn(realpathSync(cluster))
    writeFileSync(join(cluster, "postmaster.pid"), pidFile(server.pid, "stopping"))
    let isOver = false
    const waiting = waitUntilUnused(cluster).finally(() => (isOver = true))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(isOver).toBe(false)
    server.kill("SIGKILL")
    await expect(waiting).resolves.toEqual({})
  })
})
