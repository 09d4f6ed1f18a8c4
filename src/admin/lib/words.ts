import { useTranslation } from "react-i18next"
import { type Details, reasonInWords } from "./coded-words"
import { isForbidden, isLoggedOut, reasonOf } from "./request-error"

const namespace = "regionalPayments"

/** `t` for the words of this plugin's pages, and the language that the admin reads. */
export function useWords() {
  const { t, i18n } = useTranslation(namespace)
  const language = i18n.language
  const reason = (error: unknown) => reasonOf(error, t, language)
  return {
    t,
    language,
    /** Why something failed: in the admin's language where its code has words, else the server's sentence. */
    reason,
    /** Why something was done, or is so, as a row has it: by its code where it has one. */
    told: (text: string | null, code?: string | null, details?: Details | null) =>
      reasonInWords({ text, code, details }, t, language),
    /** The same of a command, where the login may have ended or the role be too small. */
    failure: (error: unknown) =>
      isLoggedOut(error)
        ? t("common.loggedOut")
        : isForbidden(error)
          ? t("common.notAllowed")
          : reason(error),
  }
}
