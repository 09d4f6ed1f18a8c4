import {
  comparableText,
  isStorable,
  printableAmount,
  printableText,
  visibleName,
  visibleText,
  withoutOuterMarks,
} from "../text"

describe("printableText", () => {
  it("makes one line of control characters, so that no line of a log can be forged", () => {
    expect(printableText("declined\r\n2024 INFO paid\u0000\u001b[31m")).toBe(
      "declined 2024 INFO paid [31m"
    )
  })

  it("drops characters that turn the reading direction or can't be seen", () => {
    expect(printableText("a\u202eb\u200bc\u2028d\ufeff")).toBe("a b c d")
  })

  it("shows only the last four digits of a card, phone or identity number", () => {
    expect(printableText("card 4111 1111-1111 1111 and 3520112345671")).toBe(
      "card ****1111 and ****5671"
    )
  })

  it.each([
    ["OIB 12345678903 is taken", "OIB ****8903 is taken"],
    ["call (0917) 123-4567", "call (****4567"],
    ["no phone 012 345 678", "no phone ****5678"],
    ["+385 91 234 5678", "+****5678"],
    ["លេខ ០១២៣៤៥៦៧៨", "លេខ ****៥៦៧៨"],
    ["CNIC 42101-1234567-4", "CNIC ****5674"],
    ["1998-12-31 4455667", "****5667"],
    ["call 0917.123.4567", "call ****4567"],
  ])("shows only the last four digits of a number as long as a phone's: %s", (said, shown) => {
    expect(printableText(said)).toBe(shown)
  })

  it.each([
    "at 2026-11-30 12:00:15",
    "on 2026-11-30",
    "at 2026-11-30 1215",
    "12345678 at 10:00",
    "of 12345678.90",
  ])("leaves days and short numbers: %s", (said) => {
    expect(printableText(said)).toBe(said)
  })

  it("leaves an amount as it is where an amount should be, and no card's number", () => {
    expect(printableAmount("10000000000.50 IDR")).toBe("10000000000.50 IDR")
    expect(printableAmount("4111 1111 1111 1111")).toBe("****1111")
  })

  it("leaves short numbers and references as they are", () => {
    expect(printableText("order 01JAB2CD3EF4GH5JK6MN7PQ8RS0 of 1250.00")).toBe(
      "order 01JAB2CD3EF4GH5JK6MN7PQ8RS0 of 1250.00"
    )
  })

  it("cuts to the length, without half a character at the end", () => {
    expect(printableText("x".repeat(500), 10)).toBe(`${"x".repeat(9)}…`)
    expect(printableText("12345678😀901234", 10)).toBe("12345678…")
  })

  it("takes time that does not grow with a hostile length", () => {
    expect(printableText("1 ".repeat(5_000_000), 20)).toMatch(/^\*\*\*\*1111$/)
  })

  it.each([undefined, null, {}, [], "", "   ", "\n", true, Symbol("s")])(
    "gives undefined for %p, which holds no words",
    (value) => {
      expect(printableText(value)).toBeUndefined()
    }
  )

  it("writes a numeric code as text", () => {
    expect(printableText(40001)).toBe("40001")
  })
})

describe("a text that a database keeps", () => {
  it.each(["", "Ana", "a\tb", "😀", "ខ្មែរ", "\u202a+49\u202c"])("is %j", (text) => {
    expect(isStorable(text)).toBe(true)
  })

  it.each(["\0", "A\0B", "\ud83d", "\ude00x", "a\ud83d b"])("is not %j", (text) => {
    expect(isStorable(text)).toBe(false)
  })
})

describe("a text as its writer meant it", () => {
  it.each([
    ["\u202a+49 151 234567\u202c", "+49 151 234567"],
    ["\u200e+63\u00a0917\u200f", "+63 917"],
    ["\ufeffAna\u2060 \u200bLee\u2066\u2069", "Ana Lee"],
    ["a\r\nb\u2028c\u0007d", "a b c d"],
    ["co\u00adop", "coop"],
    ["1\u200c2\u200d3", "123"],
    ["\u200b \u202e", ""],
    ["4111\ufe0f1111\u{e0101}", "41111111"],
    ["Ana\u3164Lee\u2800", "Ana Lee"],
    ["\u115f\u1160\uffa0\u17b4\u034f", ""],
  ])("of %j is %j", (written, meant) => {
    expect(visibleText(written)).toBe(meant)
  })

  it.each([
    ["محمد\u200cعلی", "محمد\u200cعلی"],
    ["ស\u17d2\u200cរី", "ស\u17d2\u200cរី"],
    ["क\u094d\u200dष", "क\u094d\u200dष"],
    ["\u200cAna\u200d", "Ana"],
    ["\u202bعلی\u202c", "علی"],
    ["Ana\u200c Lee", "Ana Lee"],
    ["An\u200da Ша\u200cрић 山\u200d田", "Ana Шарић 山田"],
    ["محمد\u200c\u200d\u200cعلی", "محمد\u200cعلی"],
    ["👩\u200d👧", "👩👧"],
  ])("of the name %j is %j, with what joins its letters", (written, meant) => {
    expect(visibleName(written)).toBe(meant)
  })
})

describe("a text to compare", () => {
  it.each([
    ["NIN\u0303O  Espan\u0303ol", "Niño Español"],
    ["ＳＯＫ\u00a0ＤＡＲＡ", "sok dara"],
    ["محمد\u200cعلی", "محمدعلی"],
    ["សុខ\u200b ដារ៉ា", "សុខ ដារ៉ា"],
  ])("of %j is that of %j", (one, other) => {
    expect(comparableText(one)).toBe(comparableText(other))
  })

  it("tells names apart that differ by an accent", () => {
    expect(comparableText("Nino")).not.toBe(comparableText("Niño"))
  })
})

describe("a number without what was copied around it", () => {
  it.each([
    ["\u202a\u00a00300\u200b\u202c\n", "0300"],
    ["0300\u200b123", "0300\u200b123"],
    ["\u3164\u2800", ""],
    ["\u{e0001}𝟒\u{e007f}", "𝟒"],
  ])("of %j is %j", (written, number) => {
    expect(withoutOuterMarks(written)).toBe(number)
  })
})
