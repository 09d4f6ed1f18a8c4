import { reasonCodes, reasons } from "../../../shared/reasons"
import { refusals } from "../../../shared/refusals"
import translations from "../../i18n"
import { type Reason, reasonInWords } from "../coded-words"
import { translator } from "./translator"

const languages = ["en", "hr"] as const
type Language = (typeof languages)[number]

async function inLanguage(language: Language) {
  const t = await translator(language)
  return (reason: Reason) => reasonInWords(reason, t, language)
}

const text = "The gateway refused it (E1: closed)"

describe("a reason that the shop's own code wrote down", () => {
  it.each(languages)(
    "has words in %s for every code, with all that they name",
    async (language) => {
      const inWords = await inLanguage(language)
      for (const [code, named] of Object.entries(reasons)) {
        const details = Object.fromEntries(named.map((name) => [name, "2026-05-03"]))
        const said = inWords({ text: "as written down", code, details })
        expect({ code, said }).not.toEqual({ code, said: "as written down" })
        expect(said).not.toContain("{{")
      }
    }
  )

  it.each(languages)("has no words in %s for what is no code", (language) => {
    const words = translations[language].regionalPayments
    expect(Object.keys(words.reasons).sort()).toEqual([...reasonCodes].sort())
    const ofPages = ["unreachable"]
    const refused = [...Object.keys(refusals), ...ofPages]
    expect(Object.keys(words.refusals).filter((code) => !refused.includes(code))).toEqual([])
  })

  it("is said in the admin's language, and what a gateway or a person said as they did", async () => {
    const reason = { text, code: "refused", details: { words: "E1: closed {{text}} $t(x)" } }
    expect((await inLanguage("hr"))(reason)).toBe(
      "Pružatelj ju je odbio. „E1: closed {{text}} $t(x)”"
    )
    expect((await inLanguage("en"))({ text, code: "refused" })).toBe("The gateway refused it.")
  })

  it("has states, times, days, amounts, sums and fields as the admin reads them", async () => {
    const hr = await inLanguage("hr")
    const said = (code: string, details: Record<string, string>) =>
      hr({ text, code, details })?.replace(/\s/g, " ")
    expect(said("overruled", { transfer_state: "failed", outcome: "succeeded" })).toBe(
      "Osoba je rekla „Nije uspjelo”, a pružatelj kaže „Isplaćeno”."
    )
    expect(said("other_amount", { said: "1485.5 php", told: "many php" })).toContain(
      "poslao 1.485,50 PHP, a trebao je poslati many php."
    )
    expect(
      said("batch_rejected", {
        sums: "1500.00 php 2 po_cashy_cashy, 10 khr 1 po_mocasa_second",
        ended: "3",
      })
    ).toBe("1.500,00 PHP (2, Cashy), 10,00 KHR (1, Mocasa Pay (second)). Odbijeno: 3.")
    expect(said("version_changed", { version: "3", fields: "account.iban, phone, x_y" })).toBe(
      "Inačica 3: IBAN, Telefon, x_y"
    )
    expect(said("on_statement_booked", { statement: "postm_1", day: "2026-05-03" })).toBe(
      "Izvadak postm_1 pokazuje je kao plaćenu 3. svi 2026."
    )
  })

  it.each<[string, Reason]>([
    ["without a code", { text }],
    ["of a person, whose code is null", { text, code: null, details: null }],
    ["with a code that is newer than this page", { text, code: "never_heard_of", details: {} }],
    ["whose values are missing", { text, code: "in_file", details: {} }],
    ["whose values are no texts", { text, code: "in_file", details: { file: 3 } }],
    ["with a code that leads out of its words", { text, code: "constructor" }],
  ])("%s is shown as it was written down", async (_, reason) => {
    expect((await inLanguage("hr"))(reason)).toBe(text)
  })

  it("that there is none of is nothing", async () => {
    expect((await inLanguage("hr"))({ text: null, code: null })).toBeUndefined()
  })
})
