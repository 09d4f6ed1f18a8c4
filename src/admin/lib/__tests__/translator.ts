import { createInstance, type TFunction } from "i18next"
import translations from "../../i18n"

/** The dashboard's words in one language, as its pages look them up. */
export async function translator(language: "en" | "hr"): Promise<TFunction> {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    resources: translations,
    defaultNS: "regionalPayments",
    interpolation: { escapeValue: false },
  })
  return i18n.t
}
