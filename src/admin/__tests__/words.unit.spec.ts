import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import translations from "../i18n"

const root = path.dirname(__dirname)
const languages = Object.entries(translations).map(
  ([language, { regionalPayments }]) => [language, flat(regionalPayments)] as const
)
const [, english] = languages[0]!

describe("the words of the dashboard's pages", () => {
  it.each(languages)("are complete in %s, with the same values in them", (language, words) => {
    expect(Object.keys(words).sort()).toEqual(keysIn(language).sort())
    for (const [key, text] of Object.entries(words)) {
      const model = english[key] ?? english[`${withoutPlural(key)}_other`]!
      expect({ key, values: valuesIn(text) }).toEqual({ key, values: valuesIn(model) })
      expect({ key, isEmpty: text.trim() === "" }).toEqual({ key, isEmpty: false })
    }
  })

  it("are those that the pages ask for, and no others", () => {
    const { whole, beginnings } = asked()
    const keys = [...new Set(Object.keys(english).map(withoutPlural))]
    const known = (key: string) => keys.includes(key)
    expect(whole.filter((key) => !known(key))).toEqual([])
    expect(beginnings.filter((start) => !keys.some((key) => key.startsWith(start)))).toEqual([])
    const isAsked = (key: string) =>
      whole.includes(key) || beginnings.some((start) => key.startsWith(start))
    expect(keys.filter((key) => !isAsked(key))).toEqual([])
  })
})

function flat(words: object, before = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[before + key, value]]
        : Object.entries(flat(value as object, `${before}${key}.`))
    )
  )
}

/** Those of English, with all plurals that a language has: two in English, three in Croatian. */
function keysIn(language: string): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
  const keys = Object.keys(english).flatMap((key) => {
    const stem = withoutPlural(key)
    return stem === key ? [key] : pluralCategories.map((category) => `${stem}_${category}`)
  })
  return [...new Set(keys)]
}

function withoutPlural(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, "")
}

function valuesIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!).sort()
}

/** Keys stand as texts, or as the beginning of a template: "order.title", `states.${state}`. */
function asked(): { whole: string[]; beginnings: string[] } {
  const areas = [...new Set(Object.keys(english).map((key) => key.split(".")[0]!))].join("|")
  const text = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/__tests__|i18n/.test(file))
    .map((file) => readFileSync(path.join(root, file), "utf8"))
    .join("\n")
    .replace(/\bzone: (?:"[^"]*"|\[[^\]]*\])/g, "") // places of Medusa's pages, which look like keys
  const of = (pattern: string) =>
    [...text.matchAll(new RegExp(pattern, "g"))].map(([, key]) => key!)
  return {
    whole: of(`["'\`]((?:${areas})(?:\\.\\w+)+)["'\`]`),
    beginnings: of(`\`((?:${areas})(?:\\.\\w+)*\\.)\\$\\{`),
  }
}
