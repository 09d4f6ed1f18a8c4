import { codeIn, noKeys, readKey } from "../scanned-code"

const code = "134567890123456789"

function keys(text: string, gapMs: number) {
  let at = 1_000
  let read: ReturnType<typeof readKey> = { run: noKeys }
  for (const key of [...text, "Enter"]) {
    at += gapMs
    read = readKey(read.run, key, at)
  }
  return read.code
}

describe("a keyboard scanner", () => {
  it("is read to its Enter, whatever has the focus", () => {
    expect(keys(code, 8)).toBe(code)
  })

  it("is told from a person who types", () => {
    expect(keys(code, 300)).toBeUndefined()
  })

  it("begins anew after a pause, and after a key that is no digit", () => {
    let read = readKey(noKeys, "9", 0)
    read = readKey(read.run, "1", 5_000)
    expect(read.run.text).toBe("1")
    expect(readKey(read.run, "x", 5_010).run).toEqual(noKeys)
    expect(readKey(read.run, "Shift", 5_010).run.text).toBe("1")
  })

  it("reads nothing that is no code of a wallet's length", () => {
    expect(keys("4006381333931", 8)).toBeUndefined() // a product's
    expect(codeIn("1345 6789 0123 4567 89")).toBe(code)
    expect(codeIn("https://example.com")).toBeUndefined()
  })
})
