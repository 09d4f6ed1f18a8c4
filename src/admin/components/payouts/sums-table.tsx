import { Table } from "@medusajs/ui"
import { compareAmounts } from "../../lib/amounts"
import { useProviderName } from "./api"
import { ScrollTable } from "../line-table"
import { usePayoutWords } from "./words"

export type Sum = {
  provider_id: string
  currency_code: string
  count: number
  amount: string
  /** What there is to send, where the gateway tells it; null where it does not. */
  available?: string | null
}

/** What transfers add up to, a line for each gateway and currency; beside it what there is to send, where that is known. */
export function SumsTable({ sums }: { sums: readonly Sum[] }) {
  const { t, language, money } = usePayoutWords()
  const provider = useProviderName()
  const tellsAvailable = sums.some(({ available }) => available !== undefined)
  if (sums.length === 0) {
    return null
  }
  return (
    <ScrollTable
      title={t("imports.sums.title")}
      columns={[
        { label: t("imports.sums.gateway") },
        { label: t("imports.sums.count"), isNumber: true },
        { label: t("imports.sums.amount"), isNumber: true },
        ...(tellsAvailable ? [{ label: t("imports.sums.available"), isNumber: true }] : []),
      ]}
    >
      {sums.map(({ provider_id, currency_code, count, amount, available }) => (
        <Table.Row key={`${provider_id} ${currency_code}`}>
          <Table.Cell className="whitespace-nowrap">{provider(provider_id)}</Table.Cell>
          <Table.Cell className="text-right">
            {new Intl.NumberFormat(language).format(count)}
          </Table.Cell>
          <Table.Cell className="whitespace-nowrap text-right">
            {money(amount, currency_code)}
          </Table.Cell>
          {tellsAvailable && (
            <Table.Cell className="whitespace-nowrap text-right">
              {available === undefined || available === null ? (
                t("imports.sums.notTold")
              ) : (
                <span className={isShort(available, amount) ? "text-ui-fg-error" : ""}>
                  {money(available, currency_code)}
                  {isShort(available, amount) && ` ${t("imports.sums.short")}`}
                </span>
              )}
            </Table.Cell>
          )}
        </Table.Row>
      ))}
    </ScrollTable>
  )
}

function isShort(available: string, amount: string): boolean {
  return available.startsWith("-") || compareAmounts(available, amount) < 0
}
