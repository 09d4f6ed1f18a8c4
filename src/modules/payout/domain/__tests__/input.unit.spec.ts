import { readText, transferInput } from "../input"

const number = (text: string) => readText(text, "number", 100)
const words = (text: string) => readText(text, "words", 255)
const key = (text: string) => readText(text, "key", 255)

/** Every code point that a regular expression finds; the planes between the third and the last are without letters. */
function allOf(pattern: RegExp): string[] {
  const found: string[] = []
  for (let code = 0x80; code <= 0xe0fff; code = code === 0x2ffff ? 0xe0000 : code + 1) {
    const character = String.fromCodePoint(code)
    if (pattern.test(character)) {
      found.push(character)
    }
  }
  return found
}

describe("an account, a phone or another number", () => {
  it.each([
    ["03001234567", "03001234567"],
    ["000123456", "000123456"],
    ["+92 300-1234567", "+92 300-1234567"],
    [" HR12\u00a01001 0051\t", "HR12 1001 0051"],
    ["\u202a+63 917 000 0000\u202c", "+63 917 000 0000"],
    ["\ufeff\u200b0300\u200d", "0300"],
  ])("of %j is %j", (written, text) => {
    expect(number(written)).toEqual({ text })
  })

  it("has no digit but 0 to 9, of whatever script, and says which it has", () => {
    const digits = allOf(/\p{Nd}|\p{No}|\p{Nl}/u)
    expect(digits.length).toBeGreaterThan(1_000)
    const taken = digits.filter((digit) => !number(`0300${digit}123`).problem?.includes("U+"))
    expect(taken).toEqual([])
  })

  it("has nothing in it that nobody sees, and says what it has", () => {
    const invisible = allOf(/[\p{DI}\p{Cf}\u2800]/u)
    expect(invisible.length).toBeGreaterThan(4_000)
    const taken = invisible.filter((mark) => !number(`0300${mark}123`).problem?.includes("U+"))
    expect(taken).toEqual([])
    expect(number("0300\ufe0d1234567").problem).toBe(
      "holds an invisible variation selector (U+FE0D): type it anew, with the digits 0 to 9 and plain letters"
    )
    expect(number("\u3164")).toEqual({ problem: "is missing", fault: "missing" })
  })

  it("has no letters that only look like plain ones", () => {
    expect(number("НR1210010051863000160").problem).toContain("the character Н (U+041D)")
  })

  it.each([
    "3.00123E+09",
    "3,00123E+09",
    "3E+09",
    "-3.0e+09",
    "3.00123e09",
    "3211234567.0",
    "3211234567,00",
    "3,211,234,567",
    "3.211.234.567",
    '="03451234567"',
    "=A1",
    "'03451234567",
    '"03451234567',
    "#N/A",
    "#REF!",
    "########",
  ])("is refused as %j, which a spreadsheet spoiled", (written) => {
    const { problem } = number(written)
    expect(problem).toMatch(/^was spoiled by a spreadsheet: .*Format the column as text/)
    expect(problem).not.toContain(written)
  })

  it.each(["3E", "E300", "12E5", "1-2", "0300#1", "A=1", "1/2"])("is taken as %j", (written) => {
    expect(number(written)).toEqual({ text: written })
  })
})

describe("a name or a purpose", () => {
  it.each([
    ["Nin\u0303o Espan\u0303ol", "Niño Español"],
    ["Dela Cruz Jr.\u00a0", "Dela Cruz Jr."],
    ["Komisyon\u00a0Hunyo", "Komisyon Hunyo"],
    ["សុខ\u200b ដារ៉ា", "សុខ ដារ៉ា"],
    ["កម្រៃ\u200bជើងសា", "កម្រៃជើងសា"],
    ["محمد\u200cعلی", "محمد\u200cعلی"],
    ["क\u094d\u200dष", "क\u094d\u200dष"],
    ["ශ\u0dca\u200dරී", "ශ\u0dca\u200dරී"],
    ["An\u200da Šar\u200cić", "Ana Šarić"],
    ["\u202bعلی\u202c", "علی"],
    ["co\u00adop", "coop"],
    ["Ana\ufe0f 😀\ufe0f", "Ana 😀"],
    ["Ana\u3164Lee", "Ana Lee"],
    ["O'Hara-Muñoz III", "O'Hara-Muñoz III"],
    ["𠮷野家", "𠮷野家"],
  ])("of %j is %j", (written, text) => {
    expect(words(written)).toEqual({ text })
    // What was read once is read as it is.
    expect(words(text)).toEqual({ text })
  })

  it.each(["", " ", "\u200b", "\u3164", "\u2800\u202e", "\u17b4"])(
    "is missing in %j",
    (written) => {
      expect(words(written)).toEqual({ problem: "is missing", fault: "missing" })
    }
  )

  it("is refused where its letters were lost, or its formula was", () => {
    expect(words("sije\ufffdanj").problem).toContain("save the file as CSV UTF-8")
    expect(words("#NAME?").problem).toContain("was spoiled by a spreadsheet")
  })

  it("is refused where it is too long, before it is looked at", () => {
    expect(words("x".repeat(256))).toMatchObject({
      problem: "must have at most 255 characters",
      fault: "too_long",
    })
    expect(words("\u200b".repeat(3_000)).problem).toBe("must have at most 255 characters")
    expect(words(`${"\u200b".repeat(1_000)}${"x".repeat(255)}`).text).toHaveLength(255)
  })
})

describe("the caller's own key", () => {
  it("is one text in whatever form, and no number that a spreadsheet spoiled", () => {
    expect(key("\u200blipanj-s\u030c\u00a01 ")).toEqual({ text: "lipanj-š 1" })
    expect(key("2026.01.15")).toEqual({ text: "2026.01.15" })
    expect(key("3.00123E+09").problem).toContain("digits are lost")
    expect(key("3211234567.0").problem).toContain("zeros in front are lost")
  })
})

describe("an amount", () => {
  it("has no digit but 0 to 9, of whatever script", () => {
    const taken = allOf(/\p{Nd}/u).filter(
      (digit) => transferInput.amount.safeParse(`1${digit}`).success
    )
    expect(taken).toEqual([])
  })

  it("is taken without what was copied with it", () => {
    expect(transferInput.amount.parse("\u202d\u00a01500.00\u202f\u200e")).toBe("1500.00")
  })
})
