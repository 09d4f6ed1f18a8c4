import { Button, Text } from "@medusajs/ui"
import { useAskOnce } from "../ask-once"
import { Fact } from "../fact"
import { FormEnd } from "../form-end"
import { usePayoutProviders } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useReveal, type BeneficiaryDetail } from "./api"

/** The account in full, for whoever's role allows it, until they hide it or leave; each look is written down. */
export function RevealAccount({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t, field } = usePayoutWords()
  const askOnce = useAskOnce()
  const { data: providers = [] } = usePayoutProviders()
  const { data: account, error, isPending, mutate, reset } = useReveal(beneficiary.id)
  const fields = providers.find(({ id }) => id === beneficiary.provider_id)?.capabilities
    .account_fields

  const reveal = async () => {
    const isSure = await askOnce({
      title: t("beneficiaries.reveal.ask", { name: beneficiary.name }),
      description: t("beneficiaries.reveal.happens"),
      confirm: t("beneficiaries.reveal.show"),
    })
    if (isSure) {
      mutate()
    }
  }

  return (
    <div role="status" aria-live="polite">
      {account ? (
        <>
          {Object.entries(account).map(([name, value]) => (
            <Fact
              key={name}
              label={field(name, fields?.find((one) => one.name === name)?.title ?? name)}
              copies={value}
            >
              <span className="break-all">{value}</span>
            </Fact>
          ))}
          <div className="flex flex-wrap items-center justify-between gap-2 px-6 py-3">
            <Text size="small" className="text-ui-fg-subtle">
              {t("beneficiaries.reveal.noted")}
            </Text>
            <Button size="small" variant="secondary" onClick={reset}>
              {t("beneficiaries.reveal.hide")}
            </Button>
          </div>
        </>
      ) : (
        <div className="flex flex-col items-start gap-y-2 px-6 py-3">
          <Button
            size="small"
            variant="secondary"
            isLoading={isPending}
            onClick={() => void reveal()}
          >
            {t("beneficiaries.reveal.show")}
          </Button>
          <FormEnd error={error} />
        </div>
      )}
    </div>
  )
}
