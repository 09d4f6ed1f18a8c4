import { Alert, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { type UIMatch, useParams } from "react-router-dom"
import { AddressesSection } from "../../../../components/gateway-settings/addresses-section"
import { type GatewayProvider, useProvider } from "../../../../components/gateway-settings/api"
import { AccountBadge, StateBadge } from "../../../../components/gateway-settings/badges"
import { CheckNow } from "../../../../components/gateway-settings/check-now"
import { Checklist } from "../../../../components/gateway-settings/checklist"
import { MessagesSection } from "../../../../components/gateway-settings/messages-section"
import { RegionsSection } from "../../../../components/gateway-settings/regions-section"
import { Problem } from "../../../../components/problem"
import { gatewayName } from "../../../../lib/gateway-name"
import { useWords } from "../../../../lib/words"

/** One provider: what is missing, what the gateway has to be given, and how it fares. */
export default function PaymentGateway() {
  const { id = "" } = useParams()
  const { data: provider, error, refetch } = useProvider(id)
  if (provider) {
    return <ProviderPage provider={provider} />
  }
  return (
    <Container className="p-0">
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton className="m-6 h-64" />
      )}
    </Container>
  )
}

function ProviderPage({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="divide-y p-0">
        <div className="flex flex-col gap-2 px-6 py-4 md:flex-row md:items-start md:justify-between">
          <div className="min-w-0">
            <Heading>{gatewayName(provider.id)}</Heading>
            <Text size="small" className="text-ui-fg-subtle break-all">
              {provider.id}
            </Text>
          </div>
          <div className="flex flex-wrap gap-2">
            <AccountBadge kind={provider.account.kind} />
            <StateBadge state={provider.state} />
          </div>
        </div>
        <div className="px-6 py-4">
          <Alert variant={provider.account.kind === "live" ? "info" : "warning"}>
            {t(`settings.accountNotes.${provider.account.kind}`, {
              address: provider.account.address,
            })}
          </Alert>
        </div>
        <CheckNow provider={provider} />
      </Container>
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

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{title}</Heading>
      </div>
      {children}
    </Container>
  )
}

export const handle = {
  breadcrumb: ({ params: { id = "" } }: UIMatch) => gatewayName(id),
}
