import * as words from ".."
import { fill, type PaymentWords } from ".."

const { fill: _fill, ...languages } = words
const all = Object.entries(languages)

describe("the words of the storefront's parts", () => {
  it("come in English, Croatian, Khmer, Urdu and Filipino, each under its language tag", () => {
    expect(all.map(([name]) => name).sort()).toEqual(["en", "fil", "hr", "km", "ur"])
    expect(all.every(([name, { lang }]) => name === lang)).toBe(true)
    expect(all.filter(([, { dir }]) => dir === "rtl").map(([name]) => name)).toEqual(["ur"])
  })

  it.each(all)("%s has no empty sentence, and a translation of each", (name, language) => {
    const english = textsOf(words.en)
    const texts = textsOf(language)
    expect(texts.map(([path]) => path)).toEqual(english.map(([path]) => path))
    const same = texts.filter(([path, text], index) => {
      expect(text.trim()).not.toBe("")
      expect(path).not.toBe("")
      return text === english[index]?.[1]
    })
    expect(same.map(([path]) => path)).toEqual(name === "en" ? texts.map(([path]) => path) : [])
  })

  it.each(all)(
    "%s fills in amounts and times, and no value that the page does not have",
    (_, language) => {
      const english = new Map(textsOf(words.en))
      for (const [path, text] of textsOf(language)) {
        const given = namesIn(english.get(path) ?? "")
        expect(namesIn(text).filter((name) => !given.includes(name))).toEqual([])
        // A method's name can be left to the sentence; an amount or a time can't.
        const needed = given.filter((name) => name !== "method")
        expect(namesIn(text)).toEqual(expect.arrayContaining(needed))
      }
    }
  )

  it("leaves a name as it is where the page has no value for it", () => {
    expect(fill("{a} and {b}", { a: "one" })).toBe("one and {b}")
    expect(fill("{method}", { method: "{amount}" })).toBe("{amount}")
  })
})

function textsOf(words: PaymentWords): [string, string][] {
  const { lang: _lang, dir: _dir, ...texts } = words
  return flat(texts, "")
}

function flat(value: unknown, path: string): [string, string][] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, entry]) => flat(entry, `${path}.${key}`))
    : [[path, String(value)]]
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "")
}
