import { defineRouteConfig } from "@medusajs/admin-sdk"
import { useProviders } from "../../../components/gateway-settings/api"
import { ProvidersList } from "../../../components/gateway-settings/providers-list"
import { Loaded } from "../../../components/problem"
import { Section } from "../../../components/section"
import { useWords } from "../../../lib/words"
import { SubtleText } from "../../../components/text"

/** How each provider of the shop's config is set up. */
export default function PaymentGateways() {
  const { t } = useWords()
  return (
    <Section isPage title={t("settings.title")} subtitle={t("settings.subtitle")}>
      <Loaded answer={useProviders()}>
        {(providers) =>
          providers.length === 0 ? (
            <SubtleText className="px-6 py-8 text-center">{t("settings.empty")}</SubtleText>
          ) : (
            <ProvidersList providers={providers} />
          )
        }
      </Loaded>
    </Section>
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
