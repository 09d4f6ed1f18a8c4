import { useTranslation } from "react-i18next"
import { isForbidden, isLoggedOut, messageOf } from "./client"

const namespace = "regionalPayments"

/** `t` for the words of this plugin's pages, and the language that the admin reads. */
export function useWords() {
  const { t, i18n } = useTranslation(namespace)
  return {
    t,
    language: i18n.language,
    /** What a command was refused with: in the admin's language where it is known why, else the server's sentence. */
    failure: (error: unknown) =>
      isLoggedOut(error)
        ? t("common.loggedOut")
        : isForbidden(error)
          ? t("common.notAllowed")
          : messageOf(error),
  }
}
