import { createHash, randomBytes } from "node:crypto"
import { digest, digestEquals } from "../digest"

describe("digest", () => {
  it.each([
    // The test vectors of FIPS 180-4 and RFC 1321.
    ["sha256", ["a", "bc"], "base64", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="],
    ["md5", ["message ", "", "digest"], "hex", "f96b697d7cb7938d525a2f31aaf161d0"],
    ["sha1", ["abc"], "hex", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ] as const)("computes %s of %p", (algorithm, parts, encoding, expected) => {
    expect(digest(algorithm, parts).toString(encoding)).toBe(expected)
  })

  it("takes bytes as they are, though they are no text", () => {
    const body = randomBytes(1_000)
    expect(digest("sha256", [body, "|", new Uint8Array([0, 255])])).toEqual(
      createHash("sha256")
        .update(Buffer.concat([body, Buffer.from("|"), Buffer.from([0, 255])]))
        .digest()
    )
  })

  it("takes texts as UTF-8", () => {
    expect(digest("md5", ["₱ñ😀"])).toEqual(digest("md5", [Buffer.from("₱ñ😀", "utf8")]))
  })

  it("is the same of parts as of them in one, of whatever length", () => {
    const letters = "₱"
    for (const length of [0, 1, 1_000, 2_700, 2_731, 4_000, 8_191, 8_192, 8_193, 70_000]) {
      const body = randomBytes(length)
      const text = letters.repeat(Math.ceil(length / letters.length)).slice(0, length)
      for (const parts of [
        [body, text],
        [text, body],
        [text, "key"],
        [body, "key", body],
      ]) {
        const whole = Buffer.concat(parts.map((part) => Buffer.from(part)))
        expect(digest("md5", parts)).toEqual(createHash("md5").update(whole).digest())
      }
    }
  })
})

describe("digestEquals", () => {
  const expected = digest("sha256", ["body", "secret"])
  const hex = expected.toString("hex")
  const base64 = expected.toString("base64")
  const base64OfHex = Buffer.from(hex).toString("base64")

  it("accepts the digest in its own encoding, hex in either case", () => {
    expect(digestEquals(expected, base64, "base64")).toBe(true)
    expect(digestEquals(expected, hex, "hex")).toBe(true)
    expect(digestEquals(expected, hex.toUpperCase(), "hex")).toBe(true)
    expect(digestEquals(expected, base64OfHex, "base64-of-hex")).toBe(true)
    expect(
      digestEquals(expected, Buffer.from(hex.toUpperCase()).toString("base64"), "base64-of-hex")
    ).toBe(true)
  })

  it.each(["base64", "hex", "base64-of-hex"] as const)(
    "is false and never throws for whatever else stands in a header (%s)",
    (encoding) => {
      const text = { base64, hex, "base64-of-hex": base64OfHex }[encoding]
      const strangers: unknown[] = [
        undefined,
        null,
        "",
        0,
        NaN,
        true,
        {},
        [],
        [text],
        { toString: () => text },
        Buffer.from(text),
        text + "=",
        text + "\n",
        " " + text,
        text + ", " + text,
        text.slice(0, -1),
        text.slice(1),
        text.repeat(1000),
        "=".repeat(text.length),
        "é".repeat(text.length),
        "😀".repeat(text.length / 2),
        "\0".repeat(text.length),
        "0".repeat(text.length),
        Object.create(null),
        Symbol(text),
      ]
      for (const stranger of strangers) {
        expect(digestEquals(expected, stranger, encoding)).toBe(false)
      }
    }
  )

  it("is false for one changed bit, wherever it is", () => {
    for (let bit = 0; bit < expected.length * 8; bit++) {
      const other = Buffer.from(expected)
      other.writeUInt8(other.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(digestEquals(expected, other.toString("base64"), "base64")).toBe(false)
      expect(digestEquals(expected, other.toString("hex"), "hex")).toBe(false)
    }
  })

  it("is false for one encoding where another is agreed", () => {
    expect(digestEquals(expected, hex, "base64")).toBe(false)
    expect(digestEquals(expected, base64, "hex")).toBe(false)
    expect(digestEquals(expected, base64, "base64-of-hex")).toBe(false)
    expect(digestEquals(expected, base64OfHex, "base64")).toBe(false)
  })

  it("is false for base64 that only decodes to the same bytes", () => {
    // The last digit of 32 bytes carries two bits that the decoder drops.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    const last = alphabet.indexOf(base64.charAt(42))
    const twin = `${base64.slice(0, 42)}${alphabet.charAt(last ^ 1)}=`
    expect(Buffer.from(twin, "base64")).toEqual(expected)
    expect(digestEquals(expected, twin, "base64")).toBe(false)
    const urlSafe = base64.replace(/\+/g, "-").replace(/\//g, "_")
    expect(urlSafe).not.toBe(base64)
    expect(digestEquals(expected, urlSafe, "base64")).toBe(false)
    expect(digestEquals(expected, `${base64.slice(0, 10)} ${base64.slice(11)}`, "base64")).toBe(
      false
    )
  })

  it("is false where there is nothing to compare with", () => {
    expect(digestEquals(Buffer.alloc(0), "", "hex")).toBe(false)
  })
})
