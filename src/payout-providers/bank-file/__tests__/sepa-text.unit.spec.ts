import { sepaProblem, sepaText } from "../sepa-text"

describe("A text for a SEPA file", () => {
  it.each([
    ["Đurđica Žganjer-Šćepanović", "Durdica Zganjer-Scepanovic"],
    ["č ć đ š ž Č Ć Đ Š Ž", "c c d s z C C D S Z"],
    // Letters with marks of their own, as a Mac writes them.
    ["Sinis\u030ca C\u030cavlovic\u0301", "Sinisa Cavlovic"],
    ["Groß & Söhne_Öl GmbH", "Gros + Sohne-Ol GmbH"],
    ["Łódź Ærø Þór Œuvre", "Lodz Aro Tor Ouvre"],
    ["“Obrt” – d.o.o.; [1]", "'Obrt' - d.o.o., (1)"],
    [" two\u00a0\n  blanks ", "two blanks"],
    ["O'Neil / A? (B): c, d.+", "O'Neil / A? (B): c, d.+"],
  ])("writes %s as %s", (text, written) => {
    expect(sepaText(text, 70)).toEqual({ text: written })
  })

  it.each([
    ["សុខា", /"ស" \(U\+179F\)/],
    ["Ђорђе", /"Ђ" \(U\+0402\)/],
    ["Ana 😀", /U\+1F600/],
    ["a@b", /"@" \(U\+0040\)/],
    ["€ 5 #1", /"€".*"#"/],
    ["Ana\u200bMaria", /U\+200B/],
    ["x\u0000y", /U\+0000/],
  ])("refuses %j and names what has no place in it", (text, named) => {
    expect(sepaProblem(text, 70)).toMatch(named)
  })

  it("is never cut, and never longer than it was", () => {
    expect(sepaProblem("š".repeat(70), 70)).toBeUndefined()
    expect(sepaProblem("š".repeat(71), 70)).toBe(
      "banks in SEPA take at most 70 characters of it, and it has 71"
    )
  })

  it.each([["--"], ["  "], ["..."]])("has to say something, which %j does not", (text) => {
    expect(sepaProblem(text, 70)).toBe("it has no letter and no digit")
  })
})
