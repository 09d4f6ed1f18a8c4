import { Alert } from "@medusajs/ui"
import { type UIMatch, useParams } from "react-router-dom"
import {
  AddressesSection,
  MessagesSection,
  RegionsSection,
} from "../../../../components/gateway-settings/provider-sections"
import { type GatewayProvider, useProvider } from "../../../../components/gateway-settings/api"
import { AccountBadge, StateBadge } from "../../../../components/gateway-settings/providers-list"
import { CheckNow, Checklist } from "../../../../components/gateway-settings/checklist"
import { Loaded } from "../../../../components/problem"
import { Section } from "../../../../components/section"
import { gatewayName } from "../../../../lib/gateway-name"
import { useWords } from "../../../../lib/words"

/** One provider: what is missing, what the gateway has to be given, and how it fares. */
export default function PaymentGateway() {
  const { id = "" } = useParams()
  return (
    <Loaded answer={useProvider(id)} skeleton="h-64">
      {(provider) => <ProviderPage provider={provider} />}
    </Loaded>
  )
}

function ProviderPage({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  return (
    <div className="flex flex-col gap-y-3">
      <Section
        isPage
        title={gatewayName(provider.id)}
        subtitle={provider.id}
        actions={
          <>
            <AccountBadge kind={provider.account.kind} />
            <StateBadge state={provider.state} />
          </>
        }
      >
        <div className="px-6 py-4">
          <Alert variant={provider.account.kind === "live" ? "info" : "warning"}>
            {t(`settings.accountNotes.${provider.account.kind}`, {
              address: provider.account.address,
            })}
          </Alert>
        </div>
        <CheckNow provider={provider} />
      </Section>
      <Section title={t("settings.checklist.title")}>
        <Checklist provider={provider} />
      </Section>
      <Section title={t("settings.addresses.title")}>
        <AddressesSection provider={provider} />
      </Section>
      <Section title={t("settings.messages.title")}>
        <MessagesSection provider={provider} />
      </Section>
      <Section title={t("settings.regions.title")}>
        <RegionsSection provider={provider} />
      </Section>
    </div>
  )
}

export const handle = {
  breadcrumb: ({ params: { id = "" } }: UIMatch) => gatewayName(id),
}
