import { useTranslation } from "react-i18next"

const namespace = "regionalPayments"

/** `t` for the words of this plugin's pages, and the language that the admin reads. */
export function useWords() {
  const { t, i18n } = useTranslation(namespace)
  return { t, language: i18n.language }
}

/** For a route's `label`, which Medusa translates itself. */
export const translationNs = namespace
