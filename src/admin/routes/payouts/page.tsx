import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Cash } from "@medusajs/icons"
import { Container, Heading, Skeleton } from "@medusajs/ui"
import { usePayoutProviders } from "../../components/payouts/api"
import { StateBadge } from "../../components/payouts/state-badge"
import { transferStates } from "../../components/payouts/states"
import { usePayoutWords } from "../../components/payouts/words"
import { Problem } from "../../components/problem"

/** What was paid, is being paid and waits to be paid. */
export default function Payouts() {
  const { t } = usePayoutWords()
  const { data, error, refetch } = usePayoutProviders()
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading>{t("payouts.title")}</Heading>
      </div>
      {data ? (
        <div className="flex flex-wrap gap-2 px-6 py-4">
          {transferStates.map((state) => (
            <StateBadge key={state} state={state} />
          ))}
        </div>
      ) : error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton className="m-6 h-24" />
      )}
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "payouts.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  icon: Cash,
})
