import { checkText, decodeFile } from "../decode-file"

const text = "iznos;svrha\r\n1,50;Žarko Đurđević – ខ្មែរ ñ 😀\r\n"

/** The bytes of a text in an encoding with two bytes for each unit. */
function utf16(written: string, order: "le" | "be"): Buffer {
  const bytes = Buffer.from(written, "utf16le")
  return order === "le" ? bytes : bytes.swap16()
}

/** Ana Šarić pays a provision, in each of the encodings that a file is most likely to have instead. */
const inOthers: readonly (readonly [string, readonly number[]])[] = [
  ["windows-1250", [0x8a, 0x61, 0x72, 0x69, 0xe6]],
  ["windows-1252", [0x50, 0x65, 0xf1, 0x61]],
  ["MacRoman", [0x50, 0x65, 0x96, 0x61]],
  ["MacCE", [0xe1, 0x61, 0x72, 0x69, 0x8d]],
  ["Shift-JIS", [0x8e, 0x52, 0x93, 0x63]],
  ["GBK", [0xc9, 0xbd, 0xcc, 0xef]],
  ["UTF-8 that was cut", [0xc5, 0xa0, 0x61, 0xc5]],
  ["UTF-8 with half of a character", [0xed, 0xa0, 0xbd]],
]

describe("the bytes of a file", () => {
  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 LE with a byte order mark", utf16(`\ufeff${text}`, "le")],
    ["UTF-16 BE with a byte order mark", utf16(`\ufeff${text}`, "be")],
    ["UTF-16 LE without one", utf16(text, "le")],
    ["UTF-16 BE without one", utf16(text, "be")],
    [
      "a view into a larger buffer",
      Buffer.concat([Buffer.from("x"), Buffer.from(text)]).subarray(1),
    ],
  ])("are read as %s", (_encoding, bytes) => {
    expect(decodeFile(bytes)).toEqual({ text })
  })

  it.each(inOthers)(
    "are refused as %s, with the line and the letters around it",
    (_name, bytes) => {
      const file = Buffer.concat([
        Buffer.from("iznos;svrha\r\n1;"),
        Buffer.from(bytes),
        Buffer.from("\r\n"),
      ])
      const { problem } = decodeFile(file)
      expect(problem).toEqual({
        line: 2,
        message: expect.stringContaining("the file is not UTF-8"),
      })
      expect(problem?.message).toContain("\ufffd")
      expect(problem?.message).toContain('"CSV UTF-8"')
    }
  )

  it("show no account in what could not be read", () => {
    const bytes = Buffer.concat([
      Buffer.from("a;b\n03001234567"),
      Buffer.from([0x8a]),
      Buffer.from("0300765"),
    ])
    expect(decodeFile(bytes).problem?.message).not.toMatch(/0300/)
  })

  it.each([
    ["an .xlsx", [0x50, 0x4b, 0x03, 0x04, 0x14], "a workbook"],
    ["an .xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1], "an old Excel workbook"],
    ["a PDF", [0x25, 0x50, 0x44, 0x46, 0x2d], "a PDF"],
    ["UTF-32", [0xff, 0xfe, 0x00, 0x00, 0x61, 0, 0, 0], "UTF-32"],
  ])("are refused as %s", (_what, bytes, name) => {
    expect(decodeFile(Uint8Array.from(bytes)).problem?.message).toContain(name)
  })

  it("are refused where they hold a NUL, by its line, and where UTF-16 was cut", () => {
    expect(decodeFile(Buffer.from("amount\n1\n2\0\n")).problem).toEqual({
      line: 3,
      message: expect.stringContaining("NUL"),
    })
    expect(decodeFile(utf16("amount\n1", "le").subarray(0, -1)).problem?.message).toContain(
      "letters were lost"
    )
    expect(decodeFile(utf16("amount\n\ud83d", "le")).problem?.line).toBe(2)
  })

  it("are none", () => {
    expect(decodeFile(new Uint8Array())).toEqual({ text: "" })
  })
})

describe("a text that somebody else decoded", () => {
  it("is refused where letters were lost in that, and taken without its byte order mark", () => {
    expect(checkText("\ufeffamount")).toEqual({ text: "amount" })
    expect(checkText("purpose\nsije\ufffdanj").problem).toEqual({
      line: 2,
      message: expect.stringContaining(
        'letters were lost where the file was saved or read: "sije\ufffdanj"'
      ),
    })
    expect(checkText("a\rb\0").problem?.line).toBe(2)
  })
})
