import { Text } from "@medusajs/ui"
import { Fact } from "../fact"
import { useWords } from "../../lib/words"
import type { GatewayProvider } from "./api"

/** What the gateway has to be given, to copy. */
export function AddressesSection({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { account, webhooks, webhook_address, return_address } = provider
  return (
    <>
      <Fact label={t("settings.addresses.account")} copies={account.address}>
        <span className="break-all">{account.address}</span>
      </Fact>
      {webhook_address ? (
        <Address label={t("settings.addresses.webhook")} address={webhook_address} />
      ) : (
        <Fact label={t("settings.addresses.webhook")}>{t("settings.addresses.noWebhook")}</Fact>
      )}
      {return_address && (
        <Address label={t("settings.addresses.return")} address={return_address} />
      )}
      {webhooks === "unsigned" && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-3">
          {t("settings.addresses.unsigned")}
        </Text>
      )}
    </>
  )
}

function Address({
  label,
  address: { url, option },
}: {
  label: string
  address: NonNullable<GatewayProvider["webhook_address"]>
}) {
  const { t } = useWords()
  return (
    <Fact label={label} copies={url}>
      <span className="break-all">{url}</span>
      <span className="text-ui-fg-subtle mt-1 block">
        {option === null ? t("settings.addresses.enter") : t("settings.addresses.sent", { option })}
      </span>
    </Fact>
  )
}
