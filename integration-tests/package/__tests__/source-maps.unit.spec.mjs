import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { dropSourceMaps } from "../../../source-maps.mjs"

describe("what a built plugin holds of source maps", () => {
  /** @type {string} */
  let folder
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "source-maps-"))
    mkdirSync(join(folder, "deep"))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** @param {string} file @param {string} code */
  const after = (file, code) => {
    writeFileSync(join(folder, file), code)
    dropSourceMaps(folder)
    return readFileSync(join(folder, file), "utf8")
  }
  const map = "//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozfQ=="

  it("is nothing, in whatever folder the file is", () => {
    expect(after("deep/index.js", `exports.a = 1;\n${map}`)).toBe("exports.a = 1;\n")
    expect(after("index.js", `exports.a = 1;\n${map}\n`)).toBe("exports.a = 1;\n")
  })

  it("is left where it is no map, no script, or not the file's end", () => {
    const text = `const own = "${map}"\nexports.own = own\n`
    expect(after("text.js", text)).toBe(text)
    expect(after("page.mjs", `export {}\n${map}`)).toBe(`export {}\n${map}`)
    expect(after("linked.js", "//# sourceMappingURL=linked.js.map\n")).toBe(
      "//# sourceMappingURL=linked.js.map\n"
    )
  })
})
