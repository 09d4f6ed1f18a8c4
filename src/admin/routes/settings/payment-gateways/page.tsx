import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useProviders } from "../../../components/gateway-settings/api"
import { ProvidersList } from "../../../components/gateway-settings/providers-list"
import { Problem } from "../../../components/problem"
import { useWords } from "../../../lib/words"

/** How each provider of the shop's config is set up. */
export default function PaymentGateways() {
  const { t } = useWords()
  const { data, error, refetch } = useProviders()
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading>{t("settings.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("settings.subtitle")}
        </Text>
      </div>
      {data ? (
        data.length === 0 ? (
          <Text size="small" className="text-ui-fg-subtle px-6 py-8 text-center">
            {t("settings.empty")}
          </Text>
        ) : (
          <ProvidersList providers={data} />
        )
      ) : error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton className="m-6 h-40" />
      )}
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "settings.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
})

function Breadcrumb() {
  const { t } = useWords()
  return t("settings.title")
}

export const handle = {
  breadcrumb: () => <Breadcrumb />,
}
