import en from "./en.json"
import hr from "./hr.json"

/**
 * The words of this plugin's pages: one file for each language, all below a namespace of their own. Medusa merges
 * what a shop adds for the same namespace in its own `src/admin/i18n`; what a language lacks is shown in English.
 */
export default {
  en: { regionalPayments: en },
  hr: { regionalPayments: hr },
}
