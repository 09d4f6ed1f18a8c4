import { describe, expect, it } from "@jest/globals"
import { PortTaken, SetupProblem } from "../problems.mjs"
import { startupProblem } from "../startup-failure.mjs"

const where = { folder: "shop/.data", cluster: "shop/.data/cluster", port: 5433 }

/** @param {Partial<import("../startup-failure.mjs").Failure>} failure */
function problem(failure) {
  return startupProblem({ program: "postgres", lines: [], ...failure }, where)
}

describe("startupProblem", () => {
  it.each([
    ["a missing loader", { errorCode: "ENOENT" }, /C library.*DATABASE_URL/],
    ["a disk that runs no programs", { errorCode: "EACCES" }, /noexec.*TMPDIR/],
    [
      "data that is in use",
      { lines: ['FATAL:  lock file "postmaster.pid" already exists'] },
      /shop\/\.data\/cluster is in use/,
    ],
    [
      "a server of which some processes are left",
      { lines: ["FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"] },
      /is in use/,
    ],
    [
      "a full disk",
      { lines: ["PANIC:  could not write: No space left on device"] },
      /disk of shop\/\.data is full/,
    ],
  ])("has a sentence for %s", (_case, failure, sentence) => {
    expect(problem(failure)).toBeInstanceOf(SetupProblem)
    expect(problem(failure).message).toMatch(sentence)
  })

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

  it("repeats PostgreSQL's own words where it has none", () => {
    expect(problem({ lines: ["FATAL:  something new", "HINT:  do this"] }).message).toContain(
      "FATAL:  something new\nHINT:  do this"
    )
    expect(problem({ program: "initdb" }).message).toContain("initdb")
  })
})
