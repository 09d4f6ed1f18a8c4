import { foreignCharacterOf, nameOfCharacter } from "../characters"

describe("a character that has to be found", () => {
  it.each([
    ["៤", "the Khmer digit ៤ (U+17E4)"],
    ["۴", "the Eastern Arabic digit ۴ (U+06F4)"],
    ["٤", "the Arabic digit ٤ (U+0664)"],
    ["４", "the fullwidth digit ４ (U+FF14)"],
    ["४", "the Devanagari digit ४ (U+096A)"],
    ["𝟒", "the mathematical digit 𝟒 (U+1D7D2)"],
    ["𞥔", "the digit 𞥔 of another script (U+1E954)"],
    ["\ufe0d", "an invisible variation selector (U+FE0D)"],
    ["\u3164", "an invisible Hangul filler (U+3164)"],
    ["\u00ad", "an invisible soft hyphen (U+00AD)"],
    ["\u202e", "an invisible mark of the writing's direction (U+202E)"],
    ["\u2800", "an invisible character (U+2800)"],
    ["\u034f", "an invisible character (U+034F)"],
    ["\u0000", "a NUL (U+0000)"],
    ["\ufffd", "the sign � that stands where a letter was lost (U+FFFD)"],
    ["\ud83d", "half of a character (U+D83D)"],
    ["₱", "the currency sign ₱"],
    ["А", "the character А (U+0410)"],
    ["\u0303", "an accent or another mark on a letter (U+0303)"],
  ])("%j is %s", (character, name) => {
    expect(nameOfCharacter(character)).toBe(name)
  })

  it("is the first one that no plain keyboard has, whole", () => {
    expect(foreignCharacterOf("0300-123 (4)")).toBeUndefined()
    expect(foreignCharacterOf("03𝟒٤")).toBe("𝟒")
    expect(foreignCharacterOf("03\t")).toBe("\t")
  })
})
