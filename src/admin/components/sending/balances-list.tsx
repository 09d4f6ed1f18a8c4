import { ArrowPath } from "@medusajs/icons"
import { IconButton, Text } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { isPaidByFile } from "../bank-files/api"
import { Loaded } from "../problem"
import { useProviderName, type PayoutProvider } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useBalance } from "./api"
import { StrongText, SubtleText } from "../text"

/** What there is to send at each provider, where the gateway tells it. */
export function BalancesList({ providers }: { providers: readonly PayoutProvider[] }) {
  const { t } = usePayoutWords()
  if (providers.length === 0) {
    return <SubtleText className="px-6 py-8 text-center">{t("sending.balances.none")}</SubtleText>
  }
  return (
    <ul className="divide-y">
      {providers.map((provider) => (
        <li key={provider.id}>
          <Provider provider={provider} />
        </li>
      ))}
    </ul>
  )
}

function Provider({ provider: { id, capabilities } }: { provider: PayoutProvider }) {
  const { t } = usePayoutWords()
  const providerName = useProviderName()
  return (
    <div className="grid grid-cols-1 gap-x-4 gap-y-2 px-6 py-4 md:grid-cols-2">
      <div className="min-w-0">
        <StrongText>{providerName(id)}</StrongText>
        <SubtleText>
          {capabilities.currencies
            .map(({ currency_code }) => currency_code.toUpperCase())
            .join(", ")}
        </SubtleText>
      </div>
      {capabilities.tells_balance ? (
        <Balances id={id} />
      ) : (
        <SubtleText>
          {t(isPaidByFile(id) ? "sending.balances.atBank" : "sending.balances.notTold")}
        </SubtleText>
      )}
    </div>
  )
}

function Balances({ id }: { id: string }) {
  const { t, language, money } = usePayoutWords()
  const providerName = useProviderName()
  const answer = useBalance(id)
  return (
    <div className="flex items-start justify-between gap-x-2">
      <div className="min-w-0" role="status" aria-live="polite">
        <Loaded answer={answer} skeleton="h-8 w-40">
          {(balances) => (
            <>
              {balances.map(({ currency_code, available }) => (
                <Text key={currency_code} size="large" weight="plus">
                  {money(available, currency_code)}
                </Text>
              ))}
              <Text size="xsmall" className="text-ui-fg-subtle">
                {t("sending.balances.asOf", {
                  time: formatTime(new Date(answer.dataUpdatedAt), language),
                })}
              </Text>
            </>
          )}
        </Loaded>
      </div>
      <IconButton
        size="small"
        variant="transparent"
        aria-label={t("sending.balances.askAgain", { gateway: providerName(id) })}
        isLoading={answer.isFetching}
        onClick={() => void answer.refetch()}
      >
        <ArrowPath />
      </IconButton>
    </div>
  )
}
