import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Loaded } from "../../../components/problem"
import { usePayoutProviders } from "../../../components/payouts/api"
import { usePayoutWords } from "../../../components/payouts/words"
import { Section } from "../../../components/section"
import { BalancesList } from "../../../components/sending/balances-list"
import { PauseSwitch } from "../../../components/sending/pause"
import { Reconciliations } from "../../../components/sending/reconciliations"
import { RulesFacts } from "../../../components/sending/rules-facts"
import { useSending } from "../../../components/sending/api"

/**
 * What there is to send at each gateway, the switch that pauses all sending, what differed when it was held against the
 * gateways, and the rules that the shop gave itself.
 */
export default function Balances() {
  const { t } = usePayoutWords()
  return (
    <div className="flex flex-col gap-y-3">
      <Section isPage title={t("sending.title")} subtitle={t("sending.subtitle")}>
        <Loaded answer={usePayoutProviders()}>
          {(providers) => <BalancesList providers={providers} />}
        </Loaded>
      </Section>
      <Section title={t("sending.switch")} subtitle={t("sending.switchSubtitle")}>
        <Loaded answer={useSending()}>{(sending) => <PauseSwitch sending={sending} />}</Loaded>
      </Section>
      <Section
        title={t("payoutReconciliation.title")}
        subtitle={t("payoutReconciliation.subtitle")}
      >
        <Reconciliations />
      </Section>
      <RulesFacts />
    </div>
  )
}

export const config = defineRouteConfig({
  label: "sending.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 5,
})
