import { en, fil, hr, km, ur, type PaymentWords } from "medusa-regional-payments-storefront/words"
import { useState } from "react"

/** The languages in which the plugin's parts speak; the rest of this shop speaks English. */
const languages: readonly { words: PaymentWords; name: string }[] = [
  { words: en, name: "English" },
  { words: fil, name: "Filipino" },
  { words: hr, name: "Hrvatski" },
  { words: km, name: "ខ្មែរ" },
  { words: ur, name: "اردو" },
]

const LANGUAGE_KEY = "kanto-goods.language"

type Language = { words: PaymentWords; choose: (lang: string) => void }

/** Kept, because most shoppers leave for the gateway's page and come back. */
export function useLanguage(): Language {
  const [lang, setLang] = useState(() => localStorage.getItem(LANGUAGE_KEY))
  const found = languages.find(({ words }) => words.lang === lang)
  return {
    words: found?.words ?? en,
    choose(chosen) {
      localStorage.setItem(LANGUAGE_KEY, chosen)
      setLang(chosen)
    },
  }
}

export function LanguageChoice({ words: { lang }, choose }: Language) {
  return (
    <select
      className="language"
      aria-label="Language of this page"
      value={lang}
      onChange={({ target }) => choose(target.value)}
    >
      {languages.map(({ words, name }) => (
        <option key={words.lang} value={words.lang} lang={words.lang}>
          {name}
        </option>
      ))}
    </select>
  )
}
