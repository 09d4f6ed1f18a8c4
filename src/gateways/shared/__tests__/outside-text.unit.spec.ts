import { isStorable, visibleName, visibleText } from "../outside-text"

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
  ])("of the name %j is %j, with what joins its letters", (written, meant) => {
    expect(visibleName(written)).toBe(meant)
  })
})
