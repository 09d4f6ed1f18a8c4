import { usePayoutProviders, useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import type { Approval, Signed } from "./api"

/** What an approval signs, in words for people. */
export function useApprovalWords() {
  const words = usePayoutWords()
  const { t, money } = words
  const { data: providers = [] } = usePayoutProviders()
  const provider = useProviderName()
  return {
    ...words,
    provider,
    amount: ({ raw_amount, currency_code }: Signed["transfer"]) =>
      money(raw_amount.value, currency_code),
    /** A value that is signed, such as `purpose`, or `account.bank_code` for a field of the provider's. */
    signedField: (providerId: string, name: string) => {
      const [, ofAccount] = /^account\.(.+)$/.exec(name) ?? []
      if (ofAccount === undefined) {
        return t(`approvals.signed.${name}`)
      }
      const fields = providers.find(({ id }) => id === providerId)?.capabilities.account_fields
      const title = fields?.find((field) => field.name === ofAccount)?.title
      return words.field(ofAccount, title ?? ofAccount)
    },
    madeBy: ({ transfer, created_by_name }: Signed) =>
      words.by(created_by_name, transfer.created_by, transfer.created_at),
    /** Why this person may not approve it: in the admin's language where the code is known. */
    whyNot: ({ why_not, why_not_code }: Pick<Approval, "why_not" | "why_not_code">) =>
      why_not_code === null ? (why_not ?? "") : t(`approvals.whyNot.${why_not_code}`),
  }
}
