import { formatTime } from "../../lib/format"
import { usePayoutProviders, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import type { Approval, Signed } from "./api"

/** What an approval signs, in words for people. */
export function useApprovalWords() {
  const words = usePayoutWords()
  const { t, language, money } = words
  const personName = (name: string | null, id: string) =>
    name || (id === "system" ? t("exceptions.theShop") : id)
  const { data: providers = [] } = usePayoutProviders()
  const provider = useProviderName()
  return {
    ...words,
    provider,
    person: personName,
    amount: ({ raw_amount, currency_code }: Signed["transfer"]) =>
      money(raw_amount.value, currency_code),
    /** A value that is signed: of the account as the provider calls it, such as `account.bank_code`. */
    signedField: (providerId: string, name: string) => {
      const [, ofAccount] = /^account\.(.+)$/.exec(name) ?? []
      const fields = providers.find(({ id }) => id === providerId)?.capabilities.account_fields
      return ofAccount === undefined
        ? t(`approvals.signed.${name}`)
        : (fields?.find((field) => field.name === ofAccount)?.title ?? ofAccount)
    },
    madeBy: ({ transfer, created_by_name }: Signed) =>
      t("approvals.signed.by", {
        name: personName(created_by_name, transfer.created_by),
        time: formatTime(transfer.created_at, language),
      }),
    /** Why this person may not approve it: in the admin's language where the code is known. */
    whyNot: ({ why_not, why_not_code }: Pick<Approval, "why_not" | "why_not_code">) =>
      why_not_code === null ? (why_not ?? "") : t(`approvals.whyNot.${why_not_code}`),
  }
}
